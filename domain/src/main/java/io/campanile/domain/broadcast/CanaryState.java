package io.campanile.domain.broadcast;

import java.time.Instant;

/// Where a canary stands. Its times are on the store's clock, which all nodes share.
public sealed interface CanaryState {
    /// Not everybody in the sample has a message.
    record Sampling() implements CanaryState {}

    /// Waits for the messages of the sample to settle.
    record Settling(Instant since) implements CanaryState {}

    /// What can settle has; what comes later is waited for.
    record Observing(Instant since) implements CanaryState {}

    /// The rest follows.
    record Passed(SampleCounts sample, Instant at) implements CanaryState {}

    /// The rest does not follow, unless somebody resumes the broadcast.
    record Halted(SampleCounts sample, Instant at) implements CanaryState {}

    /// It had halted, and somebody resumed the broadcast all the same.
    record Overridden(SampleCounts sample, Instant at) implements CanaryState {}
}
