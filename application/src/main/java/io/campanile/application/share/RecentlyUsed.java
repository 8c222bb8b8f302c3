package io.campanile.application.share;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Things from the store that are kept in memory. When all together are larger than a bound, the
/// least recently used goes. The one used last stays even when it is larger than the bound by
/// itself. Thread-safe.
public final class RecentlyUsed<K, V> {
    private final long most;

    /// The most lately used come last.
    private final Map<K, Weighed<V>> known = new LinkedHashMap<>(16, 0.75f, true);

    private long weight;

    private record Weighed<V>(V value, long weight) {}

    /// @param most the bound, in whatever weights are given in
    public RecentlyUsed(long most) {
        this.most = most;
    }

    /// What is kept under a key.
    public synchronized @Nullable V get(K key) {
        Weighed<V> found = known.get(key);
        return found == null ? null : found.value();
    }

    /// Keeps something in place of what was kept under its key before.
    public synchronized void put(K key, V value, long weighing) {
        Weighed<V> former = known.put(key, new Weighed<>(value, weighing));
        weight += weighing - (former == null ? 0 : former.weight());
        Iterator<Weighed<V>> eldest = known.values().iterator();
        while (weight > most && known.size() > 1) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }
}
