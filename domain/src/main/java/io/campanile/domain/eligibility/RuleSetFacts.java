package io.campanile.domain.eligibility;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A rule set that is in force for a message, and what was reserved under it for its person.
///
/// @param version which the reservations made by this decision belong to
/// @param since when the rule set was last changed
/// @param reserved those of other messages, the latest of each channel, at least as many as the
///   largest cap counts
public record RuleSetFacts(
        RuleSetId id,
        RuleSetName name,
        long version,
        Instant since,
        List<FrequencyCap> caps,
        List<QuietHours> quietHours,
        List<Reservation> reserved) {
    public RuleSetFacts {
        caps = List.copyOf(caps);
        quietHours = List.copyOf(quietHours);
        reserved = List.copyOf(reserved);
    }

    public static RuleSetFacts of(RuleSet ruleSet, List<Reservation> reserved) {
        return new RuleSetFacts(
                ruleSet.id(),
                ruleSet.name(),
                ruleSet.version(),
                ruleSet.updateTime(),
                ruleSet.definition().caps(),
                ruleSet.definition().quietHours(),
                reserved);
    }

    /// With what is reserved beside. A message counts once, however often it is marked: with what
    /// it gets now, not with what an earlier mark left behind.
    RuleSetFacts with(List<Reservation> more) {
        if (more.isEmpty()) {
            return this;
        }
        Set<MessageId> again = new HashSet<>();
        for (Reservation next : more) {
            MessageId message = next.message();
            if (message != null) {
                again.add(message);
            }
        }
        List<Reservation> all = new ArrayList<>();
        for (Reservation earlier : reserved) {
            MessageId message = earlier.message();
            if (message == null || !again.contains(message)) {
                all.add(earlier);
            }
        }
        all.addAll(more);
        return new RuleSetFacts(id, name, version, since, caps, quietHours, all);
    }
}
