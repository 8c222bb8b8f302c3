package io.campanile.grpc.call;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Bytes that workspaces hold together. None gets more than half of the bound, so that one that
/// holds all it can keeps nobody else out. Thread-safe.
final class SharedBytes {
    private final long most;
    private final AtomicLong all = new AtomicLong();
    private final Map<WorkspaceId, AtomicLong> own = new ConcurrentHashMap<>();

    SharedBytes(long most) {
        this.most = most;
    }

    /// Adds bytes that are here anyway; negative ones are given back.
    ///
    /// @param times how many times the bound there may be
    /// @return whether there are no more than that, of all workspaces and of this one
    boolean add(WorkspaceId holder, long bytes, int times) {
        long together = all.addAndGet(bytes);
        long byHolder = of(holder).addAndGet(bytes);
        return together <= times * most && byHolder <= times * most / 2;
    }

    /// The bytes that the workspace may add; none or less when there is no room.
    long room(WorkspaceId holder) {
        return Math.min(most - all.get(), most / 2 - of(holder).get());
    }

    long all() {
        return all.get();
    }

    private AtomicLong of(WorkspaceId holder) {
        return own.computeIfAbsent(holder, _ -> new AtomicLong());
    }
}
