package io.campanile.domain.eligibility;

import io.campanile.domain.channel.Channel;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What rule sets say about marketing to one person.
///
/// @param person whose messages are counted; absent without a rule set
/// @param ruleSets those in force
public record RuleFacts(@Nullable PersonKey person, List<RuleSetFacts> ruleSets) {
    /// No rule set is in force.
    public static final RuleFacts NONE = new RuleFacts(null, List.of());

    public RuleFacts {
        ruleSets = List.copyOf(ruleSets);
        if (person == null && !ruleSets.isEmpty()) {
            throw new IllegalArgumentException("rules for nobody");
        }
    }

    /// The rule sets under which a message on the channel needs a reservation.
    public List<RuleSetFacts> capping(Channel channel) {
        return ruleSets.stream()
                .filter(set -> set.caps().stream().anyMatch(c -> c.channels().contains(channel)))
                .toList();
    }
}
