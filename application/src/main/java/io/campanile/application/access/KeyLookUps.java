package io.campanile.application.access;

import io.campanile.domain.access.KeyHash;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Bounds the cost of keys that are not in memory: anybody can make them up, and the store answers
/// over the connections that intake and delivery use. Each key is looked up once at a time. Of keys
/// that were never found, a few are looked up at once, so whoever has a real key does not wait
/// behind them. Thread-safe.
final class KeyLookUps {
    /// Few beside the connections that triggers and marks need.
    static final int MOST_UNKNOWN = 3;

    private static final int MOST_FOUND = 10_000;

    private final Semaphore permits = new Semaphore(MOST_UNKNOWN);
    private final Map<KeyHash, CompletableFuture<Authentication>> running =
            new ConcurrentHashMap<>();

    /// Keys that exist, or did: what is in memory is forgotten with every change of a key, and all
    /// callers come at once then.
    private final Set<KeyHash> found = ConcurrentHashMap.newKeySet();

    /// What a look-up finds, this one or another of the same key that runs already;
    /// [Authentication.NotLookedUp] when too many keys are looked up that were never found.
    Authentication lookUp(KeyHash hash, Supplier<Authentication> lookUp) {
        var mine = new CompletableFuture<Authentication>();
        CompletableFuture<Authentication> others = running.putIfAbsent(hash, mine);
        if (others != null) {
            return joined(others);
        }
        try {
            Authentication result = bounded(hash, lookUp);
            mine.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(hash, mine);
        }
    }

    private static Authentication joined(CompletableFuture<Authentication> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Authentication bounded(KeyHash hash, Supplier<Authentication> lookUp) {
        if (found.contains(hash)) {
            return lookUp.get();
        }
        if (!permits.tryAcquire()) {
            return new Authentication.NotLookedUp();
        }
        try {
            Authentication result = lookUp.get();
            if (!(result instanceof Authentication.Unknown) && found.size() < MOST_FOUND) {
                found.add(hash);
            }
            return result;
        } finally {
            permits.release();
        }
    }
}
