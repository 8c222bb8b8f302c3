package io.campanile.application.store;

import java.util.List;

/// What a batch is tried again as that is refused, so that one of it does not keep all others: it
/// is halved, and again, until the culprit stands alone.
public final class Halves {
    private Halves() {}

    /// Both, in their order.
    ///
    /// @param batch of two at least
    public static <T> List<List<T>> of(List<T> batch) {
        int half = batch.size() / 2;
        return List.of(batch.subList(0, half), batch.subList(half, batch.size()));
    }
}
