package io.campanile.application.share;

import io.campanile.domain.workspace.WorkspaceId;

import java.time.Duration;
import java.util.function.Supplier;

/// Readings that may take seconds, such as counting whom a rule matches: a few at once, so that
/// they leave connections to the database for consents, stops and revocations. Others wait a moment
/// for their turn. Thread-safe.
public final class LongReads {
    /// At once on a node, whose other calls share eight connections with them.
    private static final int MOST = 3;

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final SharedPlaces places = new SharedPlaces(MOST);

    /// Reads in its turn; blocks.
    ///
    /// @throws LongReadsFull when its turn did not come; nothing was read
    public <T> T read(WorkspaceId workspace, Supplier<T> reading) {
        if (!takePlace(workspace)) {
            throw new LongReadsFull();
        }
        try {
            return reading.get();
        } finally {
            places.giveBack(workspace);
        }
    }

    private boolean takePlace(WorkspaceId workspace) {
        try {
            return places.take(workspace, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
