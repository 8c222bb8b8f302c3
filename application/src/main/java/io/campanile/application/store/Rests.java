package io.campanile.application.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Keeps what is to be left alone for a while, mostly because it failed, so that others get their
/// turn and the log is not full of it. Only in memory: another node, or this one after a restart,
/// tries for itself. Thread-safe.
///
/// @param <K> what rests
public final class Rests<K> {
    /// Threads read a clock one after the other, and note what rests in another order.
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final Duration first;
    private final Duration longest;
    private final Map<K, Rest> rests = new ConcurrentHashMap<>();

    /// None yet.
    ///
    /// @param first how long what failed for the first time rests
    /// @param longest how long at most
    public Rests(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /// None yet, for whoever says how long each rests.
    ///
    /// @param longest how long at most
    public Rests(Duration longest) {
        this(longest, longest);
    }

    private record Rest(Instant end, Duration length) {}

    /// Forgets those that nobody tried again, although their time was over long ago; and, as a
    /// clock that is set back lets none rest for longer, those that rest by another time.
    public void forget(Instant now) {
        rests.values()
                .removeIf(rest ->
                        rest.end().plus(longest).isBefore(now)
                                || rest.end().isAfter(now.plus(rest.length()).plus(SLACK)));
    }

    /// Those to be left alone now; the others that can be forgotten are.
    public Set<K> resting(Instant now) {
        forget(now);
        return rests.entrySet().stream()
                .filter(each -> each.getValue().end().isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether this one is to be left alone; forgets none.
    public boolean isResting(K key, Instant now) {
        Rest rest = rests.get(key);
        return rest != null && rest.end().isAfter(now);
    }

    /// Notes that one failed, which rests for twice as long as the time before.
    ///
    /// @return how long it is left alone
    public Duration failed(K key, Instant now) {
        return rests.merge(
                        key,
                        new Rest(now.plus(first), first),
                        (before, _) -> {
                            Duration length = shorter(before.length().multipliedBy(2), longest);
                            return new Rest(now.plus(length), length);
                        })
                .length();
    }

    /// Leaves one alone for so long, whatever was before; but not for longer than the longest.
    public void rest(K key, Duration length, Instant now) {
        Duration rest = shorter(length, longest);
        rests.put(key, new Rest(now.plus(rest), rest));
    }

    /// Nothing keeps it any more.
    public void succeeded(K key) {
        rests.remove(key);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
