package io.campanile.application.query;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a store found that looks at so much at once only.
///
/// @param entries maybe fewer than were asked for, or none
/// @param next where to go on behind them; absent when there is nothing more
public record Slice<T>(List<T> entries, @Nullable Cursor next) {
    public Slice {
        entries = List.copyOf(entries);
    }

    /// All that there is.
    public static <T> Slice<T> last(List<T> entries) {
        return new Slice<>(entries, null);
    }
}
