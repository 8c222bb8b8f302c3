package io.campanile.domain.eligibility;

import io.campanile.domain.channel.Channel;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// What rule sets say about marketing to one person.
///
/// @param person whose messages are counted; absent without a rule set
/// @param zone the clock the person lives by
/// @param ruleSets those in force
public record RuleFacts(@Nullable PersonKey person, ZoneId zone, List<RuleSetFacts> ruleSets) {
    /// No rule set is in force.
    public static final RuleFacts NONE = new RuleFacts(null, ZoneOffset.UTC, List.of());

    public RuleFacts {
        ruleSets = List.copyOf(ruleSets);
        if (person == null && !ruleSets.isEmpty()) {
            throw new IllegalArgumentException("rules for nobody");
        }
    }

    /// The clock of whoever the ids of time zones are known of: the person's, else the workspace's.
    ///
    /// @param ids empty for none
    public static ZoneId zone(String... ids) {
        for (String id : ids) {
            try {
                return ZoneId.of(id);
            } catch (DateTimeException _) {
                // None, or one that this Java does not know any more: the next one counts.
            }
        }
        return ZoneOffset.UTC;
    }

    /// The rule sets under which a message on the channel needs a reservation.
    public List<RuleSetFacts> capping(Channel channel) {
        return ruleSets.stream()
                .filter(set -> set.caps().stream().anyMatch(cap -> cap.counts(channel)))
                .toList();
    }
}
