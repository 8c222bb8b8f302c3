package io.campanile.application.share;

import io.campanile.domain.workspace.WorkspaceId;

import java.time.Duration;
import java.util.function.Supplier;

/// Calls that may take seconds, such as counting whom a rule matches: a few at once, so that they
/// leave connections to the database for consents, stops and revocations. Others wait a while for
/// their turn. Thread-safe.
public final class LongCalls {
    /// How many long calls that read go on at once.
    public static final int READERS = 3;

    /// How many long calls that change something go on at once.
    public static final int WRITERS = 2;

    private final CallPermits permits;
    private final Duration patience;

    /// @param most at once, of all workspaces
    /// @param patience how long others wait
    public LongCalls(int most, Duration patience) {
        this.permits = new CallPermits(most);
        this.patience = patience;
    }

    /// For calls that read, on a node whose other calls share a few connections with them.
    public static LongCalls ofReaders() {
        return new LongCalls(READERS, Duration.ofMillis(500));
    }

    /// For calls that change something, most of which end soon: one of each workspace at once.
    public static LongCalls ofWriters() {
        return new LongCalls(WRITERS, Duration.ofSeconds(5));
    }

    /// Does some work in its turn; blocks.
    ///
    /// @throws LongCallsFull when its turn did not come; nothing was done
    public <T> T inTurn(WorkspaceId workspace, Supplier<T> work) {
        if (!takePermit(workspace)) {
            throw new LongCallsFull();
        }
        try {
            return work.get();
        } finally {
            permits.giveBack(workspace);
        }
    }

    private boolean takePermit(WorkspaceId workspace) {
        try {
            return permits.take(workspace, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
