package io.campanile.application.suppression;

import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Enters suppressions that hold back more than the list does without them, also when somebody else
/// enters some for the same targets at the same moment. To be called in a transaction.
final class SuppressionEntering {
    /// An entry that was not added met one that somebody else has committed, and has locked it. So
    /// a second look decides for good.
    private static final int LOOKS = 2;

    private final Suppressions suppressions;
    private final StrengthenedList.Rule rule;
    private final WorkspaceId workspace;
    private final Instant now;

    /// @param rule what becomes of entries there are
    SuppressionEntering(
            Suppressions suppressions,
            StrengthenedList.Rule rule,
            WorkspaceId workspace,
            Instant now) {
        this.suppressions = suppressions;
        this.rule = rule;
        this.workspace = workspace;
        this.now = now;
    }

    /// Where an entry counts that holds back more, or for longer.
    static SuppressionEntering strongest(
            Suppressions suppressions, WorkspaceId workspace, Instant now) {
        return new SuppressionEntering(
                suppressions, (former, newer) -> former.strengthenedBy(newer, now), workspace, now);
    }

    /// Enters them in this order.
    ///
    /// @return of each that the list says more with, what stands there for its target now
    Map<SuppressionId, Suppression> enter(List<Suppression> entries) {
        Map<SuppressionId, Suppression> entered = new HashMap<>();
        List<Suppression> left = entries;
        for (int look = 0; look < LOOKS && !left.isEmpty(); look++) {
            left = enter(left, entered);
        }
        return entered;
    }

    /// Those whose targets somebody else entered since the list was looked at.
    private List<Suppression> enter(
            List<Suppression> entries, Map<SuppressionId, Suppression> entered) {
        var list = new StrengthenedList(known(entries), rule);
        List<Suppression> strengthening = entries.stream().filter(list::add).toList();
        if (strengthening.isEmpty()) {
            return List.of();
        }
        Map<SuppressionTarget, Suppression> added = insert(list);
        for (Suppression entry : strengthening) {
            Suppression standing = added.get(entry.target());
            if (standing != null) {
                entered.put(entry.id(), standing);
            }
        }
        return entries.stream()
                .filter(entry ->
                        list.isStronger(entry.target()) && !added.containsKey(entry.target()))
                .toList();
    }

    private Map<SuppressionTarget, Suppression> known(List<Suppression> entries) {
        return suppressions.find(
                workspace, entries.stream().map(Suppression::target).distinct().toList());
    }

    private Map<SuppressionTarget, Suppression> insert(StrengthenedList list) {
        Set<SuppressionId> added = suppressions.insertAll(list.stronger(), list.weaker(), now);
        return list.stronger().stream()
                .filter(entry -> added.contains(entry.id()))
                .collect(Collectors.toMap(Suppression::target, Function.identity()));
    }
}
