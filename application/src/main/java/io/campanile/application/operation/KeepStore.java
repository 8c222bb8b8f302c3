package io.campanile.application.operation;

import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.suppression.BounceCount;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;

/// Keeps the store in shape: partitions ahead, old ones away, and with them request ids, import
/// ids, reservations and bounces that count no more, and what has expired on lists.
public final class KeepStore {
    private static final Period AHEAD = Period.ofDays(7);

    /// Days that were made long ago unless no node ran: then nothing at a start waits for a lock.
    private static final Period AT_START = Period.ofDays(1);

    /// Whatever was sent, or given up, may be looked up for as long as a message may be tried: also
    /// one that was scheduled, and tried, for longer than messages are kept.
    private static final Duration SETTLED_KEPT = Duration.ofDays(7);

    private static final int FORGOTTEN_AT_ONCE = 5_000;

    private final Partitions partitions;
    private final IntakeStore intake;
    private final Reservations reservations;
    private final ProfileImports imports;
    private final BounceCounts bounces;
    private final Suppressions suppressions;
    private final AllowedEntries allowedEntries;
    private final InstantSource clock;
    private final Duration messageRetention;
    private final Duration requestIdRetention;

    /// As of when all request ids were forgotten whose retention was over; null before the first
    /// time.
    private final AtomicReference<@Nullable Instant> forgotten = new AtomicReference<>();

    /// Retentions are promises to callers, checked where settings are read.
    ///
    /// @param messageRetention how long messages are kept, from their acceptance on; and a week
    ///   from when they settled. What a decision may have rested on is kept as long
    /// @param requestIdRetention how long a repeated trigger gets its original answer, and how long
    ///   an import that was broken off can go on
    public KeepStore(
            Partitions partitions,
            IntakeStore intake,
            Reservations reservations,
            ProfileImports imports,
            BounceCounts bounces,
            Suppressions suppressions,
            AllowedEntries allowedEntries,
            InstantSource clock,
            Duration messageRetention,
            Duration requestIdRetention) {
        this.partitions = partitions;
        this.intake = intake;
        this.reservations = reservations;
        this.imports = imports;
        this.bounces = bounces;
        this.suppressions = suppressions;
        this.allowedEntries = allowedEntries;
        this.clock = clock;
        this.messageRetention = messageRetention;
        this.requestIdRetention = requestIdRetention;
    }

    /// What nothing can be stored without; to be called at the start. What waits for other people's
    /// transactions is left to the steps.
    public void prepare() {
        partitions.makeAhead(clock.instant(), AT_START);
    }

    /// Makes the days ahead, without which nothing is accepted. To be called every minute: a
    /// machine may have been asleep for longer than the days that were made, or its clock set
    /// right.
    public void makePartitions() {
        partitions.makeAhead(clock.instant(), AHEAD);
    }

    /// What is to be done every hour, by name. All of it removes something, and none of it may keep
    /// the next from being done.
    public SequencedMap<String, Runnable> steps() {
        var steps = new LinkedHashMap<String, Runnable>();
        // Before the days that request ids point into, and as of one moment: none is left behind.
        steps.put("forget-request-ids", this::forgetRequestIds);
        steps.put("drop-partitions", this::dropPartitions);
        steps.put("forget-imports", () -> forget(requestIdRetention, imports::forget));
        steps.put(
                "forget-reservations",
                () -> forget(FrequencyCap.LONGEST_WINDOW, reservations::forget));
        steps.put("forget-bounces", () -> forget(BounceCount.REMEMBERED, bounces::forget));
        steps.put("forget-suppressions", () -> forget(messageRetention, suppressions::forget));
        steps.put("forget-allowed-entries", () -> forget(messageRetention, allowedEntries::forget));
        return steps;
    }

    private void forgetRequestIds() {
        Instant now = clock.instant();
        forget(now.minus(requestIdRetention), intake::forgetRequestIds);
        forgotten.set(now);
    }

    /// None whose request ids may be left, nor by a clock that was ahead then.
    private void dropPartitions() {
        Instant done = forgotten.get();
        if (done != null) {
            Instant now = clock.instant();
            Instant asOf = done.isBefore(now) ? done : now;
            partitions.dropOlderThan(asOf.minus(messageRetention), asOf.minus(SETTLED_KEPT));
        }
    }

    /// Forgets at most so many that are older.
    private interface Forgetting {
        int forget(Instant before, int limit);
    }

    private void forget(Duration retention, Forgetting some) {
        forget(clock.instant().minus(retention), some);
    }

    private static void forget(Instant before, Forgetting some) {
        int forgotten;
        do {
            forgotten = some.forget(before, FORGOTTEN_AT_ONCE);
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }
}
