package io.campanile.domain.channel;

import java.time.Duration;

/// How hard a provider may be driven.
///
/// @param connections kept open at once, 1 to 64
/// @param slots messages that may stand in `SENDING` at once on one node, `connections` to 512: as
///   many are ambiguous after a crash
/// @param messagesPerSecond over all nodes, 0 for no limit
/// @param attemptTimeout for everything before the final dot
/// @param finalReplyTimeout for the reply to the final dot (RFC 5321, section 4.5.3.2.6: ten
///   minutes)
/// @param breakerFailurePercent of the last hand-overs that open the circuit breaker
/// @param breakerWait how long an open breaker waits before it tries again
public record DeliveryLimits(
        int connections,
        int slots,
        double messagesPerSecond,
        Duration attemptTimeout,
        Duration finalReplyTimeout,
        int breakerFailurePercent,
        Duration breakerWait) {

    public static final DeliveryLimits DEFAULT =
            new DeliveryLimits(
                    8,
                    64,
                    0,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    50,
                    Duration.ofSeconds(10));

    public DeliveryLimits {
        require(connections >= 1 && connections <= 64, "connections", connections);
        require(slots >= connections && slots <= 512, "slots", slots);
        require(
                messagesPerSecond >= 0 && messagesPerSecond <= 100_000,
                "messages per second",
                messagesPerSecond);
        require(attemptTimeout.isPositive(), "attempt timeout", attemptTimeout);
        require(finalReplyTimeout.isPositive(), "final reply timeout", finalReplyTimeout);
        require(
                breakerFailurePercent >= 1 && breakerFailurePercent <= 100,
                "breaker failure percent",
                breakerFailurePercent);
        require(breakerWait.isPositive(), "breaker wait", breakerWait);
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " out of range: " + value);
        }
    }
}
