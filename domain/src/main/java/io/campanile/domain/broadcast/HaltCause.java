package io.campanile.domain.broadcast;

/// Why a canary halts its broadcast.
public sealed interface HaltCause {
    /// What there are thresholds for.
    enum Measure {
        FAILED,
        BOUNCED,
        UNKNOWN,
        COMPLAINED
    }

    /// More of those tried came to this than may.
    record ThresholdPassed(Measure measure, long count, double percent, double maxPercent)
            implements HaltCause {}

    /// Everybody in the sample was excluded, or waits for what is no provider's: nobody can tell.
    record NobodyTried() implements HaltCause {}
}
