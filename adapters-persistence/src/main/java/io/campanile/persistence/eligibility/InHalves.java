package io.campanile.persistence.eligibility;

import io.campanile.application.store.Halves;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/// Reads about many people by two statements at once, each on a connection of its own. PostgreSQL
/// runs such a statement on one processor, and waits for memory most of the time.
final class InHalves {
    /// Of fewer, a second statement costs more than it saves. More than two at once did not help.
    private static final int WORTHWHILE = 256;

    private InHalves() {}

    /// What was read about each, in order.
    ///
    /// @param read called by two threads
    static <S, T> List<T> read(List<S> subjects, Function<List<S>, List<T>> read) {
        if (subjects.size() < WORTHWHILE) {
            return read.apply(subjects);
        }
        List<List<S>> halves = Halves.of(subjects);
        CompletableFuture<List<T>> second =
                CompletableFuture.supplyAsync(
                        () -> read.apply(halves.getLast()),
                        task -> Thread.ofVirtual().name("second-half").start(task));
        List<T> all = new ArrayList<>(subjects.size());
        all.addAll(read.apply(halves.getFirst()));
        all.addAll(result(second));
        return all;
    }

    /// Not interrupted: each statement has a time limit.
    private static <T> T result(CompletableFuture<T> read) {
        try {
            return read.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
