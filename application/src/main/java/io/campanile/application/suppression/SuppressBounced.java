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
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
        suppressions.insertAll(inPlaceOfComplaints(entries.values()), Set.of(), now);
    }

    private List<Suppression> inPlaceOfComplaints(Collection<Suppression> bounced) {
        Map<WorkspaceId, List<Suppression>> byWorkspace =
                bounced.stream().collect(Collectors.groupingBy(Suppression::workspace));
        List<Suppression> entries = new ArrayList<>(bounced.size());
        byWorkspace.forEach((workspace, ofWorkspace) -> {
            Map<SuppressionTarget, Suppression> known =
                    suppressions.find(
                            workspace, ofWorkspace.stream().map(Suppression::target).toList());
            for (Suppression entry : ofWorkspace) {
                entries.add(inPlaceOfComplaint(entry, known.get(entry.target())));
            }
        });
        return entries;
    }

    private Suppression inPlaceOfComplaint(Suppression bounced, @Nullable Suppression known) {
        return known != null
                        && known.isComplaint()
                        && suppressions.delete(known.workspace(), known.id())
                ? bounced.afterComplaint()
                : bounced;
    }
}
