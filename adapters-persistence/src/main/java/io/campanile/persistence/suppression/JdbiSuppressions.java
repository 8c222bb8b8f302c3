package io.campanile.persistence.suppression;

import io.campanile.application.query.Query;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.OldRows;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.Store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The suppression list on PostgreSQL.
public final class JdbiSuppressions implements Suppressions {
    private static final SqlList LISTS =
            new SqlList(
                    Suppressions.FIELDS,
                    Map.of(
                            "create_time", "create_time",
                            "expire_time", "expire_time",
                            "target", "target",
                            "reason", "reason"),
                    "suppression_id::text");

    private static final String OF_WORKSPACE =
            "SELECT "
                    + SuppressionRows.COLUMNS
                    + " FROM suppression WHERE workspace_id = :workspace";

    // In the order of the targets, so that two imports wait for each other and never both.
    private static final String INSERT_ALL =
            """
            INSERT INTO suppression (suppression_id, workspace_id, target, reason, note, create_time, expire_time)
            SELECT s.id, s.workspace, s.target, s.reason, s.note, to_timestamp(s.create_time), to_timestamp(s.expire_time)
            FROM unnest(:ids, :workspaces, :targets, :reasons, :notes, :createTimes, :expireTimes)
              AS s (id, workspace, target, reason, note, create_time, expire_time)
            ORDER BY s.workspace, s.target
            ON CONFLICT (workspace_id, target) DO UPDATE
            SET suppression_id = excluded.suppression_id, reason = excluded.reason, note = excluded.note,
              create_time = excluded.create_time, expire_time = excluded.expire_time
            WHERE suppression.expire_time <= :now OR suppression.suppression_id = ANY (:replaced)
            RETURNING suppression_id
            """;

    private static final String DELETE =
            """
            DELETE FROM suppression
            WHERE suppression_id = :id AND workspace_id = :workspace
            """;

    private final Store store;

    public JdbiSuppressions(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Suppression> find(WorkspaceId workspace, SuppressionId id) {
        return store.inStatement(handle ->
                handle.createQuery(OF_WORKSPACE + " AND suppression_id = :id")
                        .bind("workspace", workspace.value())
                        .bind("id", id.value())
                        .map((row, _) -> SuppressionRows.suppression(row))
                        .findOne());
    }

    @Override
    public Optional<Suppression> find(WorkspaceId workspace, SuppressionTarget target) {
        return store.inStatement(handle ->
                handle.createQuery(OF_WORKSPACE + " AND target = :target")
                        .bind("workspace", workspace.value())
                        .bind("target", target.value())
                        .map((row, _) -> SuppressionRows.suppression(row))
                        .findOne());
    }

    @Override
    public Map<SuppressionTarget, Suppression> find(
            WorkspaceId workspace, Collection<SuppressionTarget> targets) {
        return store.inStatement(handle ->
                handle.createQuery(OF_WORKSPACE + " AND target = ANY (:targets)")
                        .bind("workspace", workspace.value())
                        .bind("targets", SqlArrays.texts(targets, SuppressionTarget::value))
                        .map((row, _) -> SuppressionRows.suppression(row))
                        .collect(
                                Collectors.toMap(Suppression::target, suppression -> suppression)));
    }

    @Override
    public Set<SuppressionId> insertAll(
            List<Suppression> entries, Set<SuppressionId> replaced, Instant now) {
        return store.inStatement(handle ->
                handle.createQuery(INSERT_ALL)
                        .bind("ids", SqlArrays.uuids(entries, entry -> entry.id().value()))
                        .bind("workspaces", SqlArrays.texts(entries, e -> e.workspace().value()))
                        .bind("targets", SqlArrays.texts(entries, e -> e.target().value()))
                        .bind("reasons", SqlArrays.texts(entries, e -> e.reason().name()))
                        .bind("notes", SqlArrays.texts(entries, Suppression::note))
                        .bind("createTimes", SqlArrays.times(entries, Suppression::createTime))
                        .bind(
                                "expireTimes",
                                SqlArrays.optionalTimes(entries, Suppression::expireTime))
                        .bind("replaced", SqlArrays.uuids(replaced, SuppressionId::value))
                        .bind("now", now)
                        .map((row, _) -> new SuppressionId(row.getObject(1, UUID.class)))
                        .set());
    }

    @Override
    public boolean delete(WorkspaceId workspace, SuppressionId id) {
        return store.inStatement(handle ->
                handle.createUpdate(DELETE)
                                .bind("id", id.value())
                                .bind("workspace", workspace.value())
                                .execute()
                        == 1);
    }

    @Override
    public int forget(Instant before, int limit) {
        return OldRows.forget(store, "suppression", "expire_time", before, limit);
    }

    @Override
    public List<Suppression> list(WorkspaceId workspace, Query query) {
        return LISTS.page(
                store,
                OF_WORKSPACE,
                workspace,
                query,
                (row, _) -> SuppressionRows.suppression(row));
    }
}
