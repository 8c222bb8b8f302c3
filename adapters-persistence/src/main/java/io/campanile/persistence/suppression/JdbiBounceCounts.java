package io.campanile.persistence.suppression;

import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.OldRows;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts of bounces on PostgreSQL. Everybody takes the advisory locks of the addresses first, in
/// their order, because an address that is not counted yet has no row to lock. When two addresses
/// share a lock, they wait for each other without need.
public final class JdbiBounceCounts implements BounceCounts {
    // A statement of its own: the next one sees what was counted while this one waited.
    private static final String WAIT =
            """
            SELECT count(pg_advisory_xact_lock(hashtext('campanile bounces'), k.key))
            FROM unnest(:keys) AS k (key)
            """;

    private static final String LOCK =
            """
            SELECT b.workspace_id, b.target, b.bounces, b.last_time
            FROM unnest(:workspaces, :targets) AS k (workspace_id, target)
            CROSS JOIN LATERAL (
              SELECT c.workspace_id, c.target, c.bounces, c.last_time
              FROM bounce_count c
              WHERE c.workspace_id = k.workspace_id AND c.target = k.target
              FOR UPDATE
            ) AS b
            """;

    private static final String PUT =
            """
            INSERT INTO bounce_count (workspace_id, target, bounces, last_time)
            SELECT n.workspace_id, n.target, n.bounces, to_timestamp(n.last_time)
            FROM unnest(:workspaces, :targets, :bounces, :times) AS n (workspace_id, target, bounces, last_time)
            ON CONFLICT (workspace_id, target) DO UPDATE
            SET bounces = excluded.bounces, last_time = excluded.last_time
            """;

    // Of rows that this transaction has locked, so that none of them moves.
    private static final String RESET =
            """
            DELETE FROM bounce_count
            WHERE ctid = ANY (ARRAY(
              SELECT b.ctid
              FROM unnest(:workspaces, :targets) AS k (workspace_id, target)
              CROSS JOIN LATERAL (
                SELECT c.ctid
                FROM bounce_count c
                WHERE c.workspace_id = k.workspace_id AND c.target = k.target
                OFFSET 0
              ) AS b))
            """;

    private final Store store;

    public JdbiBounceCounts(Store store) {
        this.store = store;
    }

    @Override
    public Map<BouncedAddress, BounceCount> lock(Collection<BouncedAddress> addresses) {
        List<BouncedAddress> sorted = addresses.stream().distinct().sorted().toList();
        return sorted.isEmpty() ? Map.of() : store.inStatement(handle -> lock(handle, sorted));
    }

    private static Map<BouncedAddress, BounceCount> lock(
            Handle handle, List<BouncedAddress> sorted) {
        await(handle, sorted);
        Map<BouncedAddress, BounceCount> counts = new HashMap<>();
        bind(handle.createQuery(LOCK), sorted)
                .map((row, _) -> counts.put(address(row), count(row)))
                .list();
        return counts;
    }

    private static void await(Handle handle, List<BouncedAddress> addresses) {
        List<Integer> keys =
                addresses.stream().map(JdbiBounceCounts::key).distinct().sorted().toList();
        var _ =
                handle.createQuery(WAIT)
                        .bind("keys", SqlArrays.integers(keys, Integer::intValue))
                        .mapTo(Long.class)
                        .one();
    }

    /// The same on every node, as hashes of records need not be.
    private static int key(BouncedAddress address) {
        return (address.workspace().value() + ' ' + address.target().value()).hashCode();
    }

    @Override
    public void put(Map<BouncedAddress, BounceCount> counts) {
        if (counts.isEmpty()) {
            return;
        }
        var sorted = new TreeMap<>(counts);
        store.inStatement(handle ->
                bind(handle.createUpdate(PUT), sorted.keySet())
                        .bind("bounces", SqlArrays.integers(sorted.values(), BounceCount::bounces))
                        .bind("times", SqlArrays.times(sorted.values(), BounceCount::lastTime))
                        .execute());
    }

    @Override
    public void reset(Collection<BouncedAddress> addresses) {
        List<BouncedAddress> sorted = addresses.stream().distinct().sorted().toList();
        if (sorted.isEmpty()) {
            return;
        }
        store.inTransaction(handle ->
                lock(handle, sorted).isEmpty()
                        ? 0
                        : bind(handle.createUpdate(RESET), sorted).execute());
    }

    @Override
    public int forget(Instant before, int limit) {
        return OldRows.forget(store, "bounce_count", "last_time", before, limit);
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, Collection<BouncedAddress> addresses) {
        return statement
                .bind("workspaces", SqlArrays.texts(addresses, next -> next.workspace().value()))
                .bind("targets", SqlArrays.texts(addresses, next -> next.target().value()));
    }

    private static BouncedAddress address(ResultSet row) throws SQLException {
        return new BouncedAddress(
                new WorkspaceId(row.getString("workspace_id")),
                new SuppressionTarget(row.getString("target")));
    }

    private static BounceCount count(ResultSet row) throws SQLException {
        return new BounceCount(row.getInt("bounces"), RowTimes.time(row, "last_time"));
    }
}
