package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.NodeId;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.UUID;

/// Locks what a node holds.
final class HeldRows {
    // Found by their owner first: put in order while they are found, the whole queue would be read
    // in it.
    private static final String LOCK =
            """
            SELECT l.message_id
            FROM (
              SELECT f.message_id
              FROM (
                SELECT h.message_id
                FROM message_queue h
                WHERE -h.owner = - :node
                OFFSET 0
              ) AS f
              ORDER BY f.message_id
              OFFSET 0
            ) AS o
            CROSS JOIN LATERAL (
              SELECT m.message_id
              FROM message_queue m
              WHERE m.message_id = o.message_id AND m.owner = :node
              FOR UPDATE
            ) AS l
            """;

    private HeldRows() {}

    /// The messages in their order, which is that of the locks.
    static List<UUID> lock(Handle handle, NodeId node) {
        return handle.createQuery(LOCK).bind("node", node.value()).mapTo(UUID.class).list();
    }
}
