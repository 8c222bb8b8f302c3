package io.campanile.application.share;

import io.campanile.domain.workspace.WorkspaceId;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Permits for calls of all workspaces. None gets more than half, rounded up, so that one that
/// takes all it can keeps nobody else out, unless there is only one permit. Thread-safe.
public final class CallPermits {
    /// One that is rounded down to nothing would not wait.
    private static final long SHORTEST_WAIT_NANOS = 1_000_000;

    private final int most;
    private final int share;
    private final Map<WorkspaceId, Integer> taken = new HashMap<>();
    private int allTaken;

    /// So many permits.
    ///
    /// @param most for all workspaces together; at least one
    public CallPermits(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("without a permit nobody could call");
        }
        this.most = most;
        this.share = (most + 1) / 2;
    }

    /// Takes a permit, or says that all are taken, or all that this workspace may have.
    public synchronized boolean take(WorkspaceId workspace) {
        int own = taken.getOrDefault(workspace, 0);
        if (allTaken == most || own == share) {
            return false;
        }
        taken.put(workspace, own + 1);
        allTaken++;
        return true;
    }

    /// Takes a permit, waiting for one, or says that there was none in time; blocks.
    public synchronized boolean take(WorkspaceId workspace, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!take(workspace)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, SHORTEST_WAIT_NANOS));
        }
        return true;
    }

    /// Gives a permit back.
    ///
    /// @throws IllegalStateException when the workspace has none
    public synchronized void giveBack(WorkspaceId workspace) {
        Integer own = taken.get(workspace);
        if (own == null) {
            throw new IllegalStateException("a permit was given back that nobody had");
        }
        if (own == 1) {
            taken.remove(workspace);
        } else {
            taken.put(workspace, own - 1);
        }
        allTaken--;
        notifyAll();
    }
}
