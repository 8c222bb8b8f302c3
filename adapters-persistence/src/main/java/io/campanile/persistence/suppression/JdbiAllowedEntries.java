package io.campanile.persistence.suppression;

import io.campanile.application.query.Query;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.OldRows;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.Store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The allowed list on PostgreSQL.
public final class JdbiAllowedEntries implements AllowedEntries {
    private static final SqlList LISTS =
            new SqlList(
                    AllowedEntries.FIELDS,
                    Map.of(
                            "create_time", "create_time",
                            "expire_time", "expire_time",
                            "target", "target"),
                    "allowed_entry_id::text");

    private static final String OF_WORKSPACE =
            """
            SELECT allowed_entry_id, workspace_id, target, note, create_time, expire_time
            FROM allowed_entry
            WHERE workspace_id = :workspace
            """;

    // In the order of the targets, so that two imports wait for each other and never both.
    private static final String INSERT_ALL =
            """
            INSERT INTO allowed_entry (allowed_entry_id, workspace_id, target, note, create_time, expire_time)
            SELECT e.id, e.workspace, e.target, e.note, to_timestamp(e.create_time), to_timestamp(e.expire_time)
            FROM unnest(:ids, :workspaces, :targets, :notes, :createTimes, :expireTimes)
              AS e (id, workspace, target, note, create_time, expire_time)
            ORDER BY e.workspace, e.target
            ON CONFLICT (workspace_id, target) DO UPDATE
            SET allowed_entry_id = excluded.allowed_entry_id, note = excluded.note,
              create_time = excluded.create_time, expire_time = excluded.expire_time
            WHERE allowed_entry.expire_time <= :now
            RETURNING allowed_entry_id
            """;

    private static final String DELETE =
            """
            DELETE FROM allowed_entry
            WHERE allowed_entry_id = :id AND workspace_id = :workspace
            """;

    private final Store store;

    public JdbiAllowedEntries(Store store) {
        this.store = store;
    }

    @Override
    public Optional<AllowedEntry> find(WorkspaceId workspace, AllowedEntryId id) {
        return store.inStatement(handle ->
                handle.createQuery(OF_WORKSPACE + " AND allowed_entry_id = :id")
                        .bind("workspace", workspace.value())
                        .bind("id", id.value())
                        .map((row, _) -> entry(row))
                        .findOne());
    }

    @Override
    public Optional<AllowedEntry> find(WorkspaceId workspace, SuppressionTarget target) {
        return store.inStatement(handle ->
                handle.createQuery(OF_WORKSPACE + " AND target = :target")
                        .bind("workspace", workspace.value())
                        .bind("target", target.value())
                        .map((row, _) -> entry(row))
                        .findOne());
    }

    @Override
    public Set<AllowedEntryId> insertAll(List<AllowedEntry> entries, Instant now) {
        return store.inStatement(handle ->
                handle.createQuery(INSERT_ALL)
                        .bind("ids", SqlArrays.uuids(entries, entry -> entry.id().value()))
                        .bind("workspaces", SqlArrays.texts(entries, e -> e.workspace().value()))
                        .bind("targets", SqlArrays.texts(entries, e -> e.target().value()))
                        .bind("notes", SqlArrays.texts(entries, AllowedEntry::note))
                        .bind("createTimes", SqlArrays.times(entries, AllowedEntry::createTime))
                        .bind(
                                "expireTimes",
                                SqlArrays.optionalTimes(entries, AllowedEntry::expireTime))
                        .bind("now", now)
                        .map((row, _) -> new AllowedEntryId(row.getObject(1, UUID.class)))
                        .set());
    }

    @Override
    public boolean delete(WorkspaceId workspace, AllowedEntryId id) {
        return store.inStatement(handle ->
                handle.createUpdate(DELETE)
                                .bind("id", id.value())
                                .bind("workspace", workspace.value())
                                .execute()
                        == 1);
    }

    @Override
    public int forget(Instant before, int limit) {
        return OldRows.forget(store, "allowed_entry", "expire_time", before, limit);
    }

    @Override
    public List<AllowedEntry> list(WorkspaceId workspace, Query query) {
        return LISTS.page(store, OF_WORKSPACE, workspace, query, (row, _) -> entry(row));
    }

    private static AllowedEntry entry(ResultSet row) throws SQLException {
        return new AllowedEntry(
                new AllowedEntryId(row.getObject("allowed_entry_id", UUID.class)),
                new WorkspaceId(row.getString("workspace_id")),
                new SuppressionTarget(row.getString("target")),
                row.getString("note"),
                RowTimes.time(row, "create_time"),
                RowTimes.optionalTime(row, "expire_time"));
    }
}
