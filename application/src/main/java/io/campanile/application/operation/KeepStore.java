package io.campanile.application.operation;

import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.suppression.BounceCount;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.function.IntUnaryOperator;

/// Keeps the store in shape: partitions ahead, old ones away, and with them request ids, import
/// ids, and reservations and bounces that count no more.
public final class KeepStore {
    private static final Period AHEAD = Period.ofDays(7);
    private static final int FORGOTTEN_AT_ONCE = 5_000;

    private final Partitions partitions;
    private final IntakeStore intake;
    private final Reservations reservations;
    private final ProfileImports imports;
    private final BounceCounts bounces;
    private final InstantSource clock;
    private final Duration messageRetention;
    private final Duration requestIdRetention;

    /// Retentions are promises to callers, checked where settings are read.
    ///
    /// @param messageRetention how long settled messages are kept
    /// @param requestIdRetention how long a repeated trigger gets its original answer, and how long
    ///   an import that was broken off can go on
    public KeepStore(
            Partitions partitions,
            IntakeStore intake,
            Reservations reservations,
            ProfileImports imports,
            BounceCounts bounces,
            InstantSource clock,
            Duration messageRetention,
            Duration requestIdRetention) {
        this.partitions = partitions;
        this.intake = intake;
        this.reservations = reservations;
        this.imports = imports;
        this.bounces = bounces;
        this.clock = clock;
        this.messageRetention = messageRetention;
        this.requestIdRetention = requestIdRetention;
    }

    /// To be called at the start and every hour.
    public void keep() {
        partitions.makeAhead(clock.instant(), AHEAD);
        partitions.dropOlderThan(clock.instant().minus(messageRetention));
        Instant requestIdsBefore = clock.instant().minus(requestIdRetention);
        forget(limit -> intake.forgetRequestIds(requestIdsBefore, limit));
        forget(limit -> imports.forget(requestIdsBefore, limit));
        Instant uncounted = clock.instant().minus(FrequencyCap.LONGEST_WINDOW);
        forget(limit -> reservations.forget(uncounted, limit));
        Instant bounced = clock.instant().minus(BounceCount.REMEMBERED);
        forget(limit -> bounces.forget(bounced, limit));
    }

    private static void forget(IntUnaryOperator atMost) {
        int forgotten;
        do {
            forgotten = atMost.applyAsInt(FORGOTTEN_AT_ONCE);
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }
}
