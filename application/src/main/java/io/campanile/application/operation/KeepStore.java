package io.campanile.application.operation;

import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.broadcast.port.BroadcastUpkeep;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.store.port.RequestLog;
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
/// ids, reservations and bounces that count no more, what has expired on lists, broadcasts that
/// have ended, and old audit entries. What is counted of broadcasts is added up.
public final class KeepStore {
    private static final Period AHEAD = Period.ofDays(7);

    /// Days that were made long ago unless no node ran: then nothing at a start waits for a lock.
    private static final Period AT_START = Period.ofDays(1);

    /// Whatever was sent, or given up, may be looked up for as long as a message may be tried: also
    /// one that was scheduled, and tried, for longer than messages are kept.
    private static final Duration SETTLED_KEPT = Duration.ofDays(7);

    private static final int FORGOTTEN_AT_ONCE = 5_000;

    /// So many are read in a millisecond.
    private static final int MOST_ROWS_OF_COUNTS = 1_000;

    private final Stores stores;
    private final InstantSource clock;
    private final Retention retention;

    /// What is kept in shape.
    public record Stores(
            Partitions partitions,
            IntakeStore intake,
            BroadcastUpkeep broadcasts,
            Reservations reservations,
            ProfileImports imports,
            BounceCounts bounces,
            Suppressions suppressions,
            AllowedEntries allowedEntries,
            RequestLog requests,
            AuditEntries auditEntries) {}

    /// How long what is kept. These are promises to callers, checked where settings are read.
    ///
    /// @param messages from their acceptance on; and a week from when they settled. What a decision
    ///   may have rested on is kept as long
    /// @param requestIds for how long a repeated call gets its original answer, and an import that
    ///   was broken off can go on
    public record Retention(Duration messages, Duration requestIds, Duration auditEntries) {}

    /// As of when all request ids were forgotten whose retention was over; null before the first
    /// time.
    private final AtomicReference<@Nullable Instant> forgotten = new AtomicReference<>();

    public KeepStore(Stores stores, InstantSource clock, Retention retention) {
        this.stores = stores;
        this.clock = clock;
        this.retention = retention;
    }

    /// What nothing can be stored without; to be called at the start. What waits for other people's
    /// transactions is left to the steps.
    public void prepare() {
        stores.partitions().makeAhead(clock.instant(), AT_START);
    }

    /// Makes the days ahead, without which nothing is accepted. To be called every minute: a
    /// machine may have been asleep for longer than the days that were made, or its clock set
    /// right.
    public void makePartitions() {
        stores.partitions().makeAhead(clock.instant(), AHEAD);
    }

    /// Adds up what is counted of broadcasts in many rows. To be called every minute.
    public void addUp() {
        stores.broadcasts().addUp(MOST_ROWS_OF_COUNTS);
    }

    /// What is to be done every hour, by name. All of it removes something, and none of it may keep
    /// the next from being done.
    public SequencedMap<String, Runnable> steps() {
        var steps = new LinkedHashMap<String, Runnable>();
        // Before the days that request ids point into, and as of one moment: none is left behind.
        steps.put("forget-request-ids", this::forgetRequestIds);
        steps.put("drop-partitions", this::dropPartitions);
        steps.put("forget-imports", forgetting(retention.requestIds(), stores.imports()::forget));
        steps.put(
                "forget-reservations",
                forgetting(FrequencyCap.LONGEST_WINDOW, stores.reservations()::forget));
        steps.put("forget-bounces", forgetting(BounceCount.REMEMBERED, stores.bounces()::forget));
        steps.put(
                "forget-suppressions",
                forgetting(retention.messages(), stores.suppressions()::forget));
        steps.put(
                "forget-allowed-entries",
                forgetting(retention.messages(), stores.allowedEntries()::forget));
        steps.put("forget-members", this::forgetMembers);
        // After the day their executions were accepted on: those tell their ends by them.
        steps.put("forget-broadcasts", this::forgetBroadcasts);
        steps.put("forget-requests", forgetting(retention.requestIds(), stores.requests()::forget));
        steps.put(
                "forget-audit-entries",
                forgetting(retention.auditEntries(), stores.auditEntries()::forget));
        return steps;
    }

    private void forgetRequestIds() {
        Instant now = clock.instant();
        forget(now.minus(retention.requestIds()), stores.intake()::forgetRequestIds);
        forgotten.set(now);
    }

    /// Only days that no request id can point into any more: those were forgotten before, as of
    /// then, or as of now if the clock was ahead then.
    private void dropPartitions() {
        Instant done = forgotten.get();
        if (done != null) {
            Instant now = clock.instant();
            Instant asOf = done.isBefore(now) ? done : now;
            stores.partitions()
                    .dropOlderThan(asOf.minus(retention.messages()), asOf.minus(SETTLED_KEPT));
        }
    }

    /// Forgets at most so many that are older.
    private interface Forgetting {
        int forget(Instant before, int limit);
    }

    private Runnable forgetting(Duration kept, Forgetting some) {
        return () -> forget(clock.instant().minus(kept), some);
    }

    private void forgetBroadcasts() {
        Instant now = clock.instant();
        forget(
                now.minus(retention.messages().plusDays(1)),
                (before, limit) ->
                        stores.broadcasts().forget(before, now.minus(SETTLED_KEPT), limit));
    }

    private void forgetMembers() {
        forget(clock.instant(), (_, limit) -> stores.broadcasts().forgetMembers(limit));
    }

    private static void forget(Instant before, Forgetting some) {
        int forgotten;
        do {
            forgotten = some.forget(before, FORGOTTEN_AT_ONCE);
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }
}
