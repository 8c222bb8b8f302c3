package io.campanile.testkit.access;

import io.campanile.application.access.Changes;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;

import java.time.InstantSource;
import java.util.UUID;

/// Changes over fakes.
public final class InMemoryChanges {
    private InMemoryChanges() {}

    /// For tests that look at what was changed only.
    public static Changes at(InstantSource clock) {
        return of(new InMemoryAuditEntries(), new InMemoryChangeSignal(), clock);
    }

    /// For tests that look at what is said of changes, too.
    public static Changes of(
            InMemoryAuditEntries audit, InMemoryChangeSignal signal, InstantSource clock) {
        return new Changes(
                new InMemoryTransactions(),
                new InMemoryRequestLog(),
                InMemoryKeptKeys.requestDigests(),
                audit,
                signal,
                clock,
                UUID::randomUUID);
    }
}
