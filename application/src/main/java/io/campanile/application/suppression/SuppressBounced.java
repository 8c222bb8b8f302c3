package io.campanile.application.suppression;

import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.suppression.Bounce;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.suppression.BounceRule.Verdict;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/// Puts addresses that mail came back from on the suppression list, or counts that it did. An entry
/// in force stays as it is, but for a complaint: service messages may bypass that, and would come
/// back for ever. Thread-safe.
public final class SuppressBounced {
    private final BounceCounts counts;
    private final Suppressions suppressions;
    private final BounceRule rule;
    private final Supplier<UUID> ids;

    /// Suppresses by this rule.
    ///
    /// @param ids gives UUIDv7s
    public SuppressBounced(
            BounceCounts counts, Suppressions suppressions, BounceRule rule, Supplier<UUID> ids) {
        this.counts = counts;
        this.suppressions = suppressions;
        this.rule = rule;
        this.ids = ids;
    }

    /// Draws the consequences. To be called in the transaction that records what the attempts came
    /// to: then none is drawn twice, and none is lost.
    ///
    /// @param bounces in the order they happened
    public void take(Collection<Bounce> bounces, Instant now) {
        if (bounces.isEmpty()) {
            return;
        }
        Map<BouncedAddress, BounceCount> counted =
                new HashMap<>(counts.lock(bounces.stream().map(Bounce::address).toList()));
        Map<BouncedAddress, BounceCount> changed = new TreeMap<>();
        Map<BouncedAddress, Suppression> entries = new TreeMap<>();
        for (Bounce bounce : bounces) {
            BouncedAddress address = bounce.address();
            switch (rule.after(bounce, counted.get(address))) {
                case Verdict.Count(var count) -> {
                    counted.put(address, count);
                    changed.put(address, count);
                }
                case Verdict.Suppress(var reason) ->
                        entries.computeIfAbsent(
                                address,
                                _ -> bounce.suppression(new SuppressionId(ids.get()), reason));
            }
        }
        changed.keySet().removeAll(entries.keySet());
        counts.put(changed);
        counts.reset(entries.keySet());
        suppressions.insertAll(
                entries.values().stream().map(this::inPlaceOfComplaint).toList(), Set.of(), now);
    }

    private Suppression inPlaceOfComplaint(Suppression bounced) {
        return suppressions
                .find(bounced.workspace(), bounced.target())
                .filter(Suppression::isComplaint)
                .filter(known -> suppressions.delete(known.workspace(), known.id()))
                .map(_ -> bounced.afterComplaint())
                .orElse(bounced);
    }
}
