package io.campanile.testkit.suppression;

import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BouncedAddress;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts of bounces in a map. Locks nothing: [io.campanile.testkit.store.InMemoryTransactions]
/// runs one transaction at a time.
public final class InMemoryBounceCounts implements BounceCounts {
    private final Map<BouncedAddress, BounceCount> counts = new ConcurrentHashMap<>();

    @Override
    public Map<BouncedAddress, BounceCount> lock(Collection<BouncedAddress> addresses) {
        return addresses.stream()
                .distinct()
                .filter(counts::containsKey)
                .collect(Collectors.toMap(Function.identity(), counts::get));
    }

    @Override
    public void put(Map<BouncedAddress, BounceCount> changed) {
        counts.putAll(changed);
    }

    @Override
    public void reset(Collection<BouncedAddress> addresses) {
        addresses.forEach(counts::remove);
    }

    @Override
    public int forget(Instant before, int limit) {
        List<BouncedAddress> old =
                counts.entrySet().stream()
                        .filter(entry -> entry.getValue().lastTime().isBefore(before))
                        .map(Map.Entry::getKey)
                        .limit(limit)
                        .toList();
        old.forEach(counts::remove);
        return old.size();
    }
}
