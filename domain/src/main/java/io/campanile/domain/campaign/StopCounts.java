package io.campanile.domain.campaign;

import java.util.OptionalLong;

/// What a stop found, counted once no mark could follow.
///
/// @param toCancel open messages that will be cancelled; nothing where they were too many to be
///   counted in time
/// @param inHandOver messages in `SENDING` at that moment: those alone may still be taken by a
///   provider
public record StopCounts(OptionalLong toCancel, long inHandOver) {
    public static final StopCounts NONE = new StopCounts(0, 0);

    public StopCounts(long toCancel, long inHandOver) {
        this(OptionalLong.of(toCancel), inHandOver);
    }

    /// Where only those in hand-over could be counted.
    public static StopCounts uncounted(long inHandOver) {
        return new StopCounts(OptionalLong.empty(), inHandOver);
    }
}
