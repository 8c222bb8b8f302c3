package io.campanile.application.broadcast.port;

/// What pausing found.
///
/// @param held messages that wait now, written or not
/// @param inHandOver messages in `SENDING`, which may still go out
/// @param pausedBefore whether it was paused already
public record PauseCounts(long held, long inHandOver, boolean pausedBefore) {}
