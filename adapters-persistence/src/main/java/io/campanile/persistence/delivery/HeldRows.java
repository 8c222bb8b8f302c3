package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.UUID;

/// Locks what a node holds.
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

    private HeldRows() {}

    /// What is done with rows that are locked, in the order of their messages.
    @FunctionalInterface
    interface Release {
        /// Returns how many it released; sees what the former holders of the locks wrote.
        int of(Handle handle, List<UUID> messages);
    }

    /// Releases all that the node holds now, each piece in a transaction of its own: what fails has
    /// released the pieces before.
    static int release(Store store, NodeId node, Release release) {
        List<UUID> held = store.inStatement(handle -> find(handle, node));
        int released = 0;
        for (int from = 0; from < held.size(); from += PIECE) {
            List<UUID> piece = held.subList(from, Math.min(from + PIECE, held.size()));
            released += store.inTransaction(handle -> release(handle, node, piece, release));
        }
        return released;
    }

    private static int release(Handle handle, NodeId node, List<UUID> piece, Release release) {
        List<UUID> locked = lock(handle, node, piece);
        return locked.isEmpty() ? 0 : release.of(handle, locked);
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
