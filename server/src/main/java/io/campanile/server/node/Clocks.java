package io.campanile.server.node;

import io.campanile.application.store.OutageLog;
import io.campanile.domain.clock.ClockSkew;

import java.time.Duration;
import java.time.InstantSource;

/// The clocks of this machine and of the database, which need not agree, but not be far apart: what
/// a node takes for due or expired is compared with what the database does.
record Clocks(InstantSource machine, InstantSource database) {
    private static final String APART = "the clocks of this machine and of the database are apart";

    /// @throws IllegalStateException when they differ by more than five minutes
    void refuseSkew() {
        Duration skew = skew();
        if (isTooMuch(skew)) {
            throw new IllegalStateException(
                    "The clocks of this machine and of the database differ by %d seconds: set them"
                                    .formatted(skew.toSeconds())
                            + " to within five minutes");
        }
    }

    /// The same work, but left out while the clocks differ by more than five minutes: for what
    /// drops, ends or expires whatever is old enough, and cannot be undone.
    Runnable unlessApart(String name, Runnable work) {
        var outages = new OutageLog(Clocks.class);
        return () -> {
            if (isTooMuch(skew())) {
                outages.warn("a job is left out job=" + name, APART);
            } else {
                work.run();
            }
        };
    }

    Duration skew() {
        return Duration.between(database.instant(), machine.instant()).abs();
    }

    static boolean isTooMuch(Duration skew) {
        return skew.compareTo(ClockSkew.MOST) > 0;
    }
}
