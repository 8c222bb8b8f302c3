package io.campanile.domain.eligibility;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.ruleset.RuleSetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Messages that are decided together, one after the other.
final class Batch {
    private record Counter(@Nullable PersonKey person, RuleSetId ruleSet) {}

    private final Instant now;
    private final Map<Counter, List<Reservation>> reserved = new HashMap<>();

    Batch(Instant now) {
        this.now = now;
    }

    /// Decides about one that counts for those behind it.
    ///
    /// @param message absent for one that does not exist
    Decided decide(@Nullable MessageId message, Facts facts) {
        RuleFacts rules = facts.rules();
        Facts counting = facts.with(counting(rules));
        Decision decision = Eligibility.decide(counting, now);
        if (decision instanceof Decision.Deliver) {
            var reservation = new Reservation(message, facts.occasion().channel(), now);
            rules.capping(reservation.channel())
                    .forEach(set ->
                            reserved.computeIfAbsent(
                                            new Counter(rules.person(), set.id()),
                                            _ -> new ArrayList<>())
                                    .add(reservation));
        }
        return new Decided(counting, decision, now);
    }

    /// The rules with what this batch has reserved so far.
    private RuleFacts counting(RuleFacts rules) {
        return new RuleFacts(
                rules.person(),
                rules.zone(),
                rules.ruleSets().stream()
                        .map(set ->
                                set.with(
                                        reserved.getOrDefault(
                                                new Counter(rules.person(), set.id()), List.of())))
                        .toList());
    }
}
