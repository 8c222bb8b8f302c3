package io.campanile.application.message.port;

/// What cancelling an execution did.
///
/// @param cancelled messages that will not be handed over
/// @param inHandOver messages in `SENDING`, which may still go out
public record CancelCounts(long cancelled, long inHandOver) {}
