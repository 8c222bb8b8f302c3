package io.campanile.application.access;

import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.port.ChangeSignal;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.KeyHash;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Tells who is calling. Keys that were seen are kept in memory, including those that open nothing
/// any more, so that only keys that nobody gave out cost a look-up each time. A revocation reaches
/// every node within two seconds, because after that time nothing in memory is believed without a
/// look at the store's change counter. Thread-safe.
public final class Authenticate {
    /// How old the last look at the counter may be. Somebody calls [#refresh] more often than that.
    public static final Duration BELIEVED = Duration.ofSeconds(2);

    private static final int MOST_KEYS = 10_000;

    private final ApiKeys keys;
    private final KeyLookUps lookUps = new KeyLookUps();
    private final ChangeSignal signal;
    private final InstantSource clock;
    private volatile Cache cache = new Cache(-1, Instant.MIN, new ConcurrentHashMap<>());

    public Authenticate(ApiKeys keys, ChangeSignal signal, InstantSource clock) {
        this.keys = keys;
        this.signal = signal;
        this.clock = clock;
    }

    /// Keys as they were at a counter, seen again at `confirmedTime`. A change makes a new map, so
    /// that a slow reader puts what it read before into one nobody looks at any more.
    private record Cache(long counter, Instant confirmedTime, Map<KeyHash, ApiKey> keys) {}

    /// Who presents the key, from memory; never blocks. Nothing when memory cannot tell: then
    /// [#authenticate] does.
    public Optional<Caller> cached(String key) {
        Instant now = clock.instant();
        return remembered(KeyHash.of(key), now)
                .filter(known -> known.isValid(now))
                .map(Authenticate::caller);
    }

    private Optional<ApiKey> remembered(KeyHash hash, Instant now) {
        Cache current = cache;
        return current.confirmedTime().plus(BELIEVED).isBefore(now)
                ? Optional.empty()
                : Optional.ofNullable(current.keys().get(hash));
    }

    /// Who presents the key; blocks unless memory can tell.
    ///
    /// @throws io.campanile.application.store.StoreUnavailable when the database is away
    public Authentication authenticate(String key) {
        if (!KeySecret.hasShape(key)) {
            return new Authentication.Unknown();
        }
        Instant now = clock.instant();
        KeyHash hash = KeyHash.of(key);
        return remembered(hash, now)
                .map(known -> authentication(known, now))
                .orElseGet(() -> lookUps.lookUp(hash, () -> found(hash, cache)));
    }

    private Authentication found(KeyHash hash, Cache before) {
        Optional<ApiKey> found = keys.find(hash);
        if (found.isPresent() && before.keys().size() < MOST_KEYS) {
            before.keys().put(hash, found.get());
        }
        return found.map(key -> authentication(key, clock.instant()))
                .orElseGet(Authentication.Unknown::new);
    }

    /// Looks whether keys were changed and forgets those in memory if so; blocks. One look at a
    /// time, or a slow one would bring back what a later one found out of date.
    ///
    /// @throws io.campanile.application.store.StoreUnavailable when the database is away; what is
    ///   in memory is then believed until its time is up
    public synchronized void refresh() {
        // Before the look: what it shows holds at least from then on.
        Instant now = clock.instant();
        long counter = signal.counter(ChangeTopic.ACCESS);
        Cache current = cache;
        // A lower one is another as well: a standby that took over may have lost changes, and their
        // numbers are given again.
        cache =
                new Cache(
                        counter,
                        now,
                        counter == current.counter() ? current.keys() : new ConcurrentHashMap<>());
    }

    /// Refreshes after every change of keys on any node.
    public ChangeSignal.Subscription follow() {
        return signal.subscribe(ChangeTopic.ACCESS, this::refresh);
    }

    private static Authentication authentication(ApiKey key, Instant now) {
        if (key.revokeTime() != null) {
            return new Authentication.Revoked();
        }
        Instant expireTime = key.expireTime();
        return expireTime == null || key.isValid(now)
                ? new Authentication.Authenticated(caller(key))
                : new Authentication.Expired(expireTime);
    }

    private static Caller caller(ApiKey key) {
        return new Caller(key.id(), key.workspace(), key.roles());
    }
}
