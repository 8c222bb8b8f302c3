package io.campanile.application.access.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;

/// The audit trail: written once, never changed. Thread-safe; joins the running transaction, if
/// any.
public interface AuditEntries {
    /// What lists can be filtered and ordered by. `actor` is the name of a key, or `system`;
    /// `create_time` is when it happened, as in the API.
    ListFields<AuditEntry> FIELDS =
            ListFields.<AuditEntry>orderedBy(
                            new SortOrder("create_time", true), entry -> entry.id().toString())
                    .sortableTime("create_time", AuditEntry::time)
                    .text("actor")
                    .text("resource")
                    .choice("action", AuditAction.class)
                    .build();

    void add(AuditEntry entry);

    /// Fields: see [#FIELDS].
    List<AuditEntry> list(WorkspaceId workspace, Query query);

    /// Forgets at most `limit` entries older than the retention.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int limit);
}
