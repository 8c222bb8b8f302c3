package io.campanile.server.node;

import io.campanile.application.broadcast.FanOut;
import io.campanile.application.operation.KeepStore;
import io.campanile.server.settings.Settings;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What keeps the store in shape: little at a start, which must not wait for other people's
/// transactions, the days ahead every minute, and the rest every hour.
final class Housekeeping {
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private final KeepStore keep;
    private final StorePorts store;
    private final FanOut fanOut;
    private final InstantSource clock;
    private final Settings.Retention retention;

    Housekeeping(
            StorePorts store, FanOut fanOut, InstantSource clock, Settings.Retention retention) {
        this.keep =
                new KeepStore(
                        store.partitions(),
                        store.intake(),
                        store.reservations(),
                        store.profileImports(),
                        store.bounces(),
                        store.suppressions(),
                        store.allowedEntries(),
                        clock,
                        retention.messages(),
                        retention.requests());
        this.store = store;
        this.fanOut = fanOut;
        this.clock = clock;
        this.retention = retention;
    }

    /// Before anything is stored.
    void prepare() {
        keep.prepare();
    }

    /// The days ahead; whatever the clocks say, for it removes nothing.
    void makePartitions() {
        keep.makePartitions();
    }

    /// What removes something, by name.
    SequencedMap<String, Runnable> steps() {
        var steps = new LinkedHashMap<>(keep.steps());
        steps.put("forget-broadcasts", () -> fanOut.forget(before(retention.messages())));
        steps.put("forget-requests", this::forgetRequests);
        steps.put("forget-audit-entries", this::forgetAuditEntries);
        return steps;
    }

    private void forgetRequests() {
        Instant before = before(retention.requests());
        int last;
        do {
            last = store.requests().forget(before, FORGOTTEN_AT_ONCE);
        } while (last == FORGOTTEN_AT_ONCE);
    }

    private void forgetAuditEntries() {
        Instant before = before(retention.auditEntries());
        int last;
        do {
            last = store.auditEntries().forget(before, FORGOTTEN_AT_ONCE);
        } while (last == FORGOTTEN_AT_ONCE);
    }

    private Instant before(Duration kept) {
        return clock.instant().minus(kept);
    }
}
