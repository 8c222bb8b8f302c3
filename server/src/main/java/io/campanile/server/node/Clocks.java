package io.campanile.server.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The clocks of this machine and of the database, which need not agree, but not be far apart: what
/// a node takes for due or expired is compared with what the database does.
record Clocks(InstantSource machine, InstantSource database) {
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /// @throws IllegalStateException when they differ by more than five minutes
    void refuseSkew() {
        Instant there = database.instant();
        Duration skew = Duration.between(there, machine.instant()).abs();
        if (skew.compareTo(MOST_SKEW) > 0) {
            throw new IllegalStateException(
                    "The clocks of this machine and of the database differ by %d seconds: set them"
                                    .formatted(skew.toSeconds())
                            + " to within five minutes");
        }
    }
}
