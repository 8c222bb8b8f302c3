package io.campanile.domain.campaign;

import io.campanile.domain.access.Actor;

import java.time.Instant;

/// A definition as an activation or a rollback froze it; never changes.
///
/// @param number 1 for a campaign's first, without gaps
/// @param rollbackOf the number of the revision it repeats, 0 when it was activated from a draft
public record Revision(
        int number,
        CampaignDefinition definition,
        Instant createTime,
        Actor createdBy,
        int rollbackOf) {

    static Revision first(CampaignDefinition definition, Instant now, Actor by) {
        return new Revision(1, definition, now, by, 0);
    }

    /// The revision that follows.
    Revision next(CampaignDefinition nextDefinition, Instant now, Actor by) {
        return new Revision(number + 1, nextDefinition, now, by, 0);
    }

    /// The revision that follows, repeating an earlier one.
    Revision nextRepeating(Revision earlier, Instant now, Actor by) {
        return new Revision(number + 1, earlier.definition(), now, by, earlier.number());
    }
}
