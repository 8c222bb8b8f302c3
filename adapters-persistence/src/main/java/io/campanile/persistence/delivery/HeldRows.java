package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.persistence.MessageIds;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Locks what a node holds, and gives it back.
final class HeldRows {
    /// So many rows are given back in one transaction: those who wait for them wait for moments,
    /// and however many a node holds, no statement takes long.
    static final int PIECE = 1_000;

    // Found by their owner first: put in order while they are found, the whole queue would be read
    // in it.
    private static final String FIND =
            """
            SELECT f.message_id
            FROM (
              SELECT h.message_id
              FROM message_queue h
              WHERE -h.owner = - :node
              OFFSET 0
            ) AS f
            ORDER BY f.message_id
            """;

    private static final String LOCK =
            """
            SELECT l.message_id
            FROM unnest(:messages) AS o (message_id)
            CROSS JOIN LATERAL (
              SELECT m.message_id
              FROM message_queue m
              WHERE m.message_id = o.message_id AND m.owner = :node
              FOR UPDATE
            ) AS l
            """;

    private static final String GIVE_BACK =
            """
            UPDATE message_queue q
            SET owner = NULL, due_time = coalesce(:dueTime::timestamptz, clock_timestamp()),
              lone_tries = 0, claims_without_mark = greatest(q.claims_without_mark - 1, 0)
            WHERE q.message_id = ANY (:messages)
              AND (
                SELECT s.state
                FROM message_state s
                WHERE s.message_id = q.message_id AND s.message_id BETWEEN :first AND :last) <> 'SENDING'
            """;

    private HeldRows() {}

    /// Gives back all that the node holds now, each piece in a transaction of its own: what fails
    /// has given back the pieces before.
    ///
    /// @param dueTime the database's when absent
    /// @return how many were given back
    static int giveBack(Store store, NodeId node, @Nullable Instant dueTime) {
        List<UUID> held = store.inStatement(handle -> find(handle, node));
        int givenBack = 0;
        for (int from = 0; from < held.size(); from += PIECE) {
            List<UUID> piece = held.subList(from, Math.min(from + PIECE, held.size()));
            givenBack +=
                    store.inTransaction(
                            handle -> giveBack(handle, lock(handle, node, piece), dueTime));
        }
        return givenBack;
    }

    /// Gives back rows that a statement before has locked: only so this one sees what the former
    /// holders of the locks wrote.
    ///
    /// @param locked in the order of the messages
    /// @param dueTime the database's when absent
    static int giveBack(Handle handle, List<UUID> locked, @Nullable Instant dueTime) {
        return locked.isEmpty()
                ? 0
                : MessageIds.bind(handle.createUpdate(GIVE_BACK), locked)
                        .bind("dueTime", dueTime)
                        .execute();
    }

    /// The messages in their order, which is that of the locks.
    static List<UUID> lock(Handle handle, NodeId node) {
        return lock(handle, node, find(handle, node));
    }

    private static List<UUID> find(Handle handle, NodeId node) {
        return handle.createQuery(FIND).bind("node", node.value()).mapTo(UUID.class).list();
    }

    private static List<UUID> lock(Handle handle, NodeId node, List<UUID> messages) {
        return handle.createQuery(LOCK)
                .bind("messages", SqlArrays.uuids(messages))
                .bind("node", node.value())
                .mapTo(UUID.class)
                .list();
    }
}
