package io.campanile.domain.campaign;

/// What a stop found, counted once no mark could follow.
///
/// @param toCancel open messages that will be cancelled
/// @param inHandOver messages in `SENDING` at that moment: those alone may still be taken by a
///   provider
public record StopCounts(long toCancel, long inHandOver) {
    public static final StopCounts NONE = new StopCounts(0, 0);
}
