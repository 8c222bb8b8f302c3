package io.campanile.application.suppression;

import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionTarget;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What new entries make of the suppression list, one after the other: a file may name a target
/// more than once, and the strongest of its rows counts.
final class StrengthenedList {
    private final Map<SuppressionTarget, Suppression> known;
    private final Rule rule;
    private final Map<SuppressionTarget, Suppression> stronger = new LinkedHashMap<>();

    /// What is to stand in place of an entry when another comes for the same target.
    @FunctionalInterface
    interface Rule {
        /// Nothing when the former stays.
        Optional<Suppression> inPlaceOf(Suppression former, Suppression newer);
    }

    /// @param known what is on the list, of the targets that may come
    StrengthenedList(Map<SuppressionTarget, Suppression> known, Rule rule) {
        this.known = Map.copyOf(known);
        this.rule = rule;
    }

    /// Whether the list says more with the entry than what was there before it.
    boolean add(Suppression entry) {
        @Nullable Suppression before =
                stronger.getOrDefault(entry.target(), known.get(entry.target()));
        Suppression after = before == null ? entry : rule.inPlaceOf(before, entry).orElse(before);
        if (after.equals(before)) {
            return false;
        }
        stronger.put(after.target(), after);
        return true;
    }

    /// What is to stand on the list, one entry for each target that was strengthened.
    List<Suppression> stronger() {
        return List.copyOf(stronger.values());
    }

    boolean isStronger(SuppressionTarget target) {
        return stronger.containsKey(target);
    }

    /// What gives way to it.
    Set<SuppressionId> weaker() {
        return stronger.keySet().stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .map(Suppression::id)
                .collect(Collectors.toSet());
    }
}
