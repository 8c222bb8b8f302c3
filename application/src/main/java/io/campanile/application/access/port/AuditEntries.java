package io.campanile.application.access.port;

import io.campanile.application.query.Query;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;

/// The audit trail: written once, never changed. Thread-safe; joins the running transaction, if
/// any.
public interface AuditEntries {
    void add(AuditEntry entry);

    /// Fields: see `AccessLists.AUDIT_FIELDS`.
    List<AuditEntry> list(WorkspaceId workspace, Query query);

    /// Forgets at most `limit` entries older than the retention.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int limit);
}
