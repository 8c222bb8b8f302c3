package io.campanile.application.store.port;

import io.campanile.application.store.RequestId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Optional;

/// The request ids that are taken, unique within a workspace. Thread-safe; works within the running
/// transaction.
public interface RequestLog {
    /// Takes the id, unless it is taken: then nothing is written and the earlier request returned.
    /// Waits for a running transaction that is taking the same id.
    Optional<LoggedRequest> take(LoggedRequest request);

    /// Gives an id back that was taken in this transaction, because the request had no effect.
    void giveBack(WorkspaceId workspace, RequestId id);

    /// Forgets at most `limit` requests made before then.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int limit);
}
