package io.campanile.domain.clock;

import java.time.Duration;

/// How far clocks may be apart. Whoever compares a time with one by another clock allows for this.
public final class ClockSkew {
    /// Between the clocks of a node and of the database at most: a node that is further off does
    /// not start; one that gets further off claims and hands over nothing.
    public static final Duration MOST = Duration.ofMinutes(5);

    /// Between the clocks of two nodes at most.
    public static final Duration MOST_BETWEEN_NODES = MOST.multipliedBy(2);

    private ClockSkew() {}
}
