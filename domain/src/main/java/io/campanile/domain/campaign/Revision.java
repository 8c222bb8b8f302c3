package io.campanile.domain.campaign;

import io.campanile.domain.access.Actor;
import java.time.Instant;

/// A definition as an activation or a rollback froze it; never changes.
///
/// @param number 1 for a campaign's first, without gaps
public record Revision(
        int number, CampaignDefinition definition, Instant createTime, Actor createdBy) {

    /// The revision that follows.
    Revision next(CampaignDefinition nextDefinition, Instant now, Actor by) {
        return new Revision(number + 1, nextDefinition, now, by);
    }
}
