package io.campanile.domain.channel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: exponential with full jitter, never shorter than what
/// the provider asked for. Retries end at the message's expiry, not at a number.
public record RetryPolicy(Duration shortestDelay, Duration longestDelay) {
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofSeconds(30), Duration.ofHours(1));

    /// Beyond this many doublings the delay has long reached any sensible maximum.
    private static final int MOST_DOUBLINGS = 30;

    public RetryPolicy {
        if (!shortestDelay.isPositive() || longestDelay.compareTo(shortestDelay) < 0) {
            throw new IllegalArgumentException(
                    "delays must be positive and in order: " + shortestDelay + ", " + longestDelay);
        }
    }

    /// A random delay after the given number of attempts (1 or more).
    public Duration delayAfter(int attempts, RandomGenerator random) {
        int doublings = Math.clamp(attempts - 1L, 0, MOST_DOUBLINGS);
        long ceiling = shortestDelay.toMillis() << doublings;
        boolean overflowed = ceiling >> doublings != shortestDelay.toMillis();
        return upTo(overflowed ? Long.MAX_VALUE : ceiling, random);
    }

    /// A random delay after some time in vain, at most as long again.
    public Duration delayAfter(Duration inVain, RandomGenerator random) {
        return upTo(Math.max(shortestDelay.toMillis(), inVain.toMillis()), random);
    }

    private Duration upTo(long ceiling, RandomGenerator random) {
        return Duration.ofMillis(
                random.nextLong(1, Math.min(ceiling, longestDelay.toMillis()) + 1));
    }
}
