package io.campanile.server.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Something that takes a while to open, for whoever closes it when the process is told to end:
/// also when that is meanwhile. Then nobody else would close it, and an embedded PostgreSQL goes on
/// without its process.
final class Opening<T> {
    private final CompletableFuture<Optional<T>> opened = new CompletableFuture<>();

    /// Opens it; to be called once.
    T open(Supplier<T> how) {
        Optional<T> result = Optional.empty();
        try {
            T it = how.get();
            result = Optional.of(it);
            return it;
        } finally {
            opened.complete(result);
        }
    }

    /// What was opened, once it is; nothing where that failed, or takes longer.
    Optional<T> await(Duration most) {
        try {
            return opened.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is only ever completed normally", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
