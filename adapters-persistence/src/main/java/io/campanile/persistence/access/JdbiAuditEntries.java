package io.campanile.persistence.access;

import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.query.Query;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.OldRows;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The audit trail on PostgreSQL.
public final class JdbiAuditEntries implements AuditEntries {
    private static final String ADD =
            """
            INSERT INTO audit_entry (audit_entry_id, workspace_id, time, actor, action, resource, detail)
            VALUES (:id, :workspace, :time, :actor, :action, :resource, :detail)
            """;

    private static final String LIST =
            """
            SELECT audit_entry_id, workspace_id, time, actor, action, resource, detail
            FROM audit_entry
            WHERE workspace_id = :workspace
            """;

    private static final SqlList LISTS =
            new SqlList(
                    AuditEntries.FIELDS,
                    Map.of(
                            "create_time", "time",
                            "actor", "actor",
                            "resource", "resource",
                            "action", "action"),
                    "audit_entry_id::text");

    private final Store store;

    public JdbiAuditEntries(Store store) {
        this.store = store;
    }

    @Override
    public void add(AuditEntry entry) {
        store.inStatement(handle -> add(handle, entry));
    }

    /// Adds an entry to what else is written there.
    public static int add(Handle handle, AuditEntry entry) {
        return handle.createUpdate(ADD)
                .bind("id", entry.id())
                .bind("workspace", entry.workspace().value())
                .bind("time", entry.time())
                .bind("actor", entry.actor().toString())
                .bind("action", entry.action().name())
                .bind("resource", entry.resource())
                .bind("detail", entry.detail())
                .execute();
    }

    @Override
    public List<AuditEntry> list(WorkspaceId workspace, Query query) {
        return LISTS.page(store, LIST, workspace, query, (row, _) -> entry(row));
    }

    @Override
    public int forget(Instant before, int limit) {
        return OldRows.forget(store, "audit_entry", "time", before, limit);
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getObject("audit_entry_id", UUID.class),
                new WorkspaceId(row.getString("workspace_id")),
                RowTimes.time(row, "time"),
                new Actor(row.getString("actor")),
                AuditAction.valueOf(row.getString("action")),
                row.getString("resource"),
                row.getString("detail"));
    }
}
