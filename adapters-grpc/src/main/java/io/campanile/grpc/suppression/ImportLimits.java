package io.campanile.grpc.suppression;

import io.campanile.application.share.CallPermits;

import java.time.Duration;

/// What imports of lists share.
///
/// @param permits for those that go on at once; taken with the first piece
/// @param patience how long an import waits for a piece
record ImportLimits(CallPermits permits, Duration patience) {}
