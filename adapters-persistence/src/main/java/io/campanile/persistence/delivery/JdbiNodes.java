package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.Renewal;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Nodes and their leases on PostgreSQL.
public final class JdbiNodes implements Nodes {
    private final Store store;

    public JdbiNodes(Store store) {
        this.store = store;
    }

    private static final String REGISTER =
            """
            INSERT INTO node (lease_end_time, create_time)
            VALUES (clock_timestamp() + :lease * interval '1 second', clock_timestamp())
            RETURNING node_id
            """;

    @Override
    public NodeId register(Duration lease) {
        return store.inStatement(handle ->
                new NodeId(
                        handle.createQuery(REGISTER)
                                .bind("lease", seconds(lease))
                                .mapTo(Long.class)
                                .one()));
    }

    private static final String RENEW =
            """
            UPDATE node n
            SET lease_end_time = clock_timestamp() + :lease * interval '1 second', dead = false
            FROM (
              SELECT node_id,
                CASE
                  WHEN dead THEN 'TAKEN_FOR_DEAD'
                  WHEN lease_end_time <= clock_timestamp() THEN 'LATE'
                  ELSE 'IN_TIME'
                END AS renewal
              FROM node
              WHERE node_id = :node
              FOR UPDATE) AS before
            WHERE n.node_id = before.node_id
            RETURNING before.renewal
            """;

    private static final String REGISTER_AGAIN =
            """
            INSERT INTO node (node_id, lease_end_time, create_time)
            OVERRIDING SYSTEM VALUE
            VALUES (:node, clock_timestamp() + :lease * interval '1 second', clock_timestamp())
            """;

    @Override
    public Renewal renew(NodeId node, Duration lease) {
        if (!isAlive(node)) {
            // As long as it counts as dead, others release what it holds as well. No more than it
            // holds now: it may go on claiming.
            for (int left = held(node); left > 0; left -= HeldRows.PIECE) {
                releasePiece(node);
            }
        }
        return store.inTransaction(handle -> {
            Optional<Renewal> renewed =
                    handle.createQuery(RENEW)
                            .bind("node", node.value())
                            .bind("lease", seconds(lease))
                            .map((row, _) -> Renewal.valueOf(row.getString("renewal")))
                            .findOne();
            if (renewed.isEmpty()) {
                handle.createUpdate(REGISTER_AGAIN)
                        .bind("node", node.value())
                        .bind("lease", seconds(lease))
                        .execute();
            }
            Renewal renewal = renewed.orElse(Renewal.TAKEN_FOR_DEAD);
            if (renewal == Renewal.TAKEN_FOR_DEAD) {
                // What came meanwhile: nobody will look for it once the node counts as alive.
                release(handle, List.of(node.value()), Integer.MAX_VALUE);
            }
            return renewal;
        });
    }

    private static final String IS_ALIVE = "SELECT NOT dead FROM node WHERE node_id = :node";

    private boolean isAlive(NodeId node) {
        return store.inStatement(handle ->
                handle.createQuery(IS_ALIVE)
                        .bind("node", node.value())
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false));
    }

    private void releasePiece(NodeId node) {
        store.inStatement(handle -> release(handle, List.of(node.value()), HeldRows.PIECE));
    }

    private static final String HELD =
            "SELECT count(*) FROM message_queue q WHERE -q.owner = - :node";

    private int held(NodeId node) {
        return store.inStatement(handle ->
                handle.createQuery(HELD).bind("node", node.value()).mapTo(Integer.class).one());
    }

    private static final String END_OTHERS =
            """
            UPDATE node
            SET lease_end_time = least(lease_end_time, clock_timestamp())
            WHERE node_id <> :node
            """;

    @Override
    public void endOtherLeases(NodeId node) {
        store.inStatement(
                handle -> handle.createUpdate(END_OTHERS).bind("node", node.value()).execute());
    }

    // Not those that are being renewed: when commits hang, that may take longer than a lease, and
    // whoever waited for it would find a lease that has run out since.
    private static final String DECLARE_DEAD =
            """
            UPDATE node
            SET dead = true, look_time = clock_timestamp()
            WHERE node_id = ANY (ARRAY(
              SELECT o.node_id
              FROM node o
              WHERE NOT o.dead AND o.lease_end_time <= clock_timestamp() AND o.node_id <> :node
              FOR UPDATE SKIP LOCKED))
            """;

    private static final String LEASE_RUNS =
            "SELECT lease_end_time > clock_timestamp() FROM node WHERE node_id = :node";

    private static final String RELEASE = Sql.of(JdbiNodes.class, "release-of-nodes.sql");

    private static int release(Handle handle, List<Long> nodes, int limit) {
        return handle.createUpdate(RELEASE)
                .bind("nodes", SqlArrays.longs(nodes))
                .bind("limit", limit)
                .execute();
    }

    private static final String TO_LOOK_AT =
            """
            SELECT node_id
            FROM node
            WHERE dead AND look_time <= clock_timestamp()
            ORDER BY node_id
            FOR UPDATE
            """;

    // A dead node may have a transaction that commits later, or be frozen and wake up: what it
    // takes in or claims then has it for an owner. Mostly that is soon or never: those who died
    // long ago are looked at together, on a minute.
    private static final String LOOK_LATER =
            """
            UPDATE node
            SET look_time =
              CASE
                WHEN clock_timestamp() - lease_end_time < interval '1 minute'
                  THEN clock_timestamp() + greatest(clock_timestamp() - lease_end_time, interval '1 second')
                ELSE date_trunc('minute', clock_timestamp()) + interval '2 minutes'
              END
            WHERE node_id = ANY (:nodes)
            """;

    private static final String FORGET_DEAD =
            """
            DELETE FROM node n
            WHERE n.dead
              AND n.lease_end_time < clock_timestamp() - interval '1 day'
              AND (SELECT q.message_id FROM message_queue q WHERE -q.owner = -n.node_id LIMIT 1) IS NULL
            """;

    @Override
    public int reapDead(NodeId by, int limit) {
        return store.inTransaction(handle -> {
            if (!leaseRuns(handle, by)) {
                return 0;
            }
            handle.createUpdate(DECLARE_DEAD).bind("node", by.value()).execute();
            List<Long> dead = handle.createQuery(TO_LOOK_AT).mapTo(Long.class).list();
            if (dead.isEmpty()) {
                return 0;
            }
            int released = release(handle, dead, limit);
            if (released == 0) {
                handle.createUpdate(LOOK_LATER).bind("nodes", SqlArrays.longs(dead)).execute();
                handle.execute(FORGET_DEAD);
            }
            return released;
        });
    }

    private static boolean leaseRuns(Handle handle, NodeId node) {
        return handle.createQuery(LEASE_RUNS)
                .bind("node", node.value())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    private static final String RETIRE =
            """
            UPDATE node
            SET dead = true, look_time = clock_timestamp(), lease_end_time = clock_timestamp()
            WHERE node_id = :node
            """;

    @Override
    public void retire(NodeId node) {
        HeldRows.giveBack(store, node, null);
        store.inTransaction(handle -> {
            handle.createUpdate(RETIRE).bind("node", node.value()).execute();
            // What a late commit brought meanwhile. A statement of its own takes the locks: the
            // next one sees what marks wrote.
            return HeldRows.giveBack(handle, HeldRows.lock(handle, node), null);
        });
    }

    @Override
    public Instant databaseTime() {
        return store.inStatement(handle ->
                handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
