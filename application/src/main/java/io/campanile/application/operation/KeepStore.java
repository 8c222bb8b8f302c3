package io.campanile.application.operation;

import io.campanile.application.operation.port.Partitions;
import io.campanile.application.trigger.port.IntakeStore;

import java.time.Duration;
import java.time.InstantSource;
import java.time.Period;

/// Keeps the store in shape: partitions ahead, old ones and forgotten request ids away.
public final class KeepStore {
    private static final Period AHEAD = Period.ofDays(7);
    private static final int FORGOTTEN_AT_ONCE = 5_000;

    private final Partitions partitions;
    private final IntakeStore intake;
    private final InstantSource clock;
    private final Duration messageRetention;
    private final Duration requestIdRetention;

    /// Retentions are promises to callers, checked where settings are read.
    ///
    /// @param messageRetention how long settled messages are kept
    /// @param requestIdRetention how long a repeated trigger gets its original answer
    public KeepStore(
            Partitions partitions,
            IntakeStore intake,
            InstantSource clock,
            Duration messageRetention,
            Duration requestIdRetention) {
        this.partitions = partitions;
        this.intake = intake;
        this.clock = clock;
        this.messageRetention = messageRetention;
        this.requestIdRetention = requestIdRetention;
    }

    /// To be called at the start and every hour.
    public void keep() {
        partitions.makeAhead(clock.instant(), AHEAD);
        partitions.dropOlderThan(clock.instant().minus(messageRetention));
        int forgotten;
        do {
            forgotten =
                    intake.forgetRequestIds(
                            clock.instant().minus(requestIdRetention), FORGOTTEN_AT_ONCE);
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }
}
