package io.campanile.bench.load;

/// What became of a [LoadJob]. Latencies are from the start of a call to its (last) answer.
///
/// @param beginMicros when the first call began, in microseconds since 1970
/// @param seconds from the first call's start to the last answer
/// @param refused answers that said "not now"
/// @param failed answers that said anything else, and the first of them
/// @param unsent calls that were due and not started, because too many were in flight
public record LoadResult(
        long beginMicros,
        double seconds,
        long accepted,
        long refused,
        long failed,
        String firstFailure,
        long unsent,
        double p50Ms,
        double p99Ms,
        double refusedP50Ms,
        double refusedP99Ms) {

    public double acceptedPerS() {
        return accepted / seconds;
    }

    public double answeredPerS() {
        return (accepted + refused + failed) / seconds;
    }
}
