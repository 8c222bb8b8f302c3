package io.campanile.domain.channel;

import java.time.Duration;

/// How hard a provider may be driven.
///
/// @param connections kept open at once, 1 to 64
/// @param slots messages that may stand in `SENDING` at once on one node, `connections` to 512: as
///   many are ambiguous after a crash
/// @param messagesPerSecond over all nodes, 0.001 to 100,000, 0 for no limit
/// @param attemptTimeout for everything before the final dot once a connection is free, at most
///   five minutes
/// @param finalReplyTimeout for the reply to the final dot (RFC 5321, section 4.5.3.2.6: ten
///   minutes), at most fifteen
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

    private static final double SLOWEST_RATE = 0.001;
    private static final Duration LONGEST_ATTEMPT_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration LONGEST_FINAL_REPLY_TIMEOUT = Duration.ofMinutes(15);

    private static final Duration LONGEST_CONNECTION_WAIT = Duration.ofMinutes(5);

    /// So many attempts of others may come before one that waits for their connection.
    private static final int ATTEMPTS_BEFORE = 4;

    /// No hand-over lasts longer, whatever a configuration says. A lease does, or the message would
    /// never be handed over.
    public static final Duration LONGEST_HAND_OVER =
            LONGEST_CONNECTION_WAIT.plus(LONGEST_ATTEMPT_TIMEOUT).plus(LONGEST_FINAL_REPLY_TIMEOUT);

    public static final DeliveryLimits DEFAULT =
            new DeliveryLimits(
                    8,
                    128,
                    0,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    50,
                    Duration.ofSeconds(10));

    public DeliveryLimits {
        require(connections >= 1 && connections <= 64, "connections", connections);
        require(slots >= connections && slots <= 512, "slots", slots);
        require(isRate(messagesPerSecond), "messages per second", messagesPerSecond);
        require(
                isWithin(attemptTimeout, LONGEST_ATTEMPT_TIMEOUT),
                "attempt timeout",
                attemptTimeout);
        require(
                isWithin(finalReplyTimeout, LONGEST_FINAL_REPLY_TIMEOUT),
                "final reply timeout",
                finalReplyTimeout);
        require(
                breakerFailurePercent >= 1 && breakerFailurePercent <= 100,
                "breaker failure percent",
                breakerFailurePercent);
        require(breakerWait.isPositive(), "breaker wait", breakerWait);
    }

    /// Whether messages can be handed over at that rate: no slower than four in an hour, or one
    /// message would hold a slot for days.
    public static boolean isRate(double messagesPerSecond) {
        return messagesPerSecond == 0
                || (messagesPerSecond >= SLOWEST_RATE && messagesPerSecond <= 100_000);
    }

    /// How long a message waits at most until one of the connections is free: it has more slots
    /// than that. No time of the provider's, and no fault of it.
    public Duration connectionWait() {
        Duration wait = attemptTimeout.multipliedBy(ATTEMPTS_BEFORE);
        return wait.compareTo(LONGEST_CONNECTION_WAIT) < 0 ? wait : LONGEST_CONNECTION_WAIT;
    }

    /// How long one attempt lasts at most, the waits for a connection and for the final reply
    /// included.
    public Duration longestAttempt() {
        return connectionWait().plus(attemptTimeout).plus(finalReplyTimeout);
    }

    private static boolean isWithin(Duration timeout, Duration longest) {
        return timeout.isPositive() && timeout.compareTo(longest) <= 0;
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " out of range: " + value);
        }
    }
}
