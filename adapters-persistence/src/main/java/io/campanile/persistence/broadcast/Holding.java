package io.campanile.persistence.broadcast;

import io.campanile.domain.message.ExecutionId;
import io.campanile.persistence.KeyedPlans;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.UUID;

/// Holds the open messages of broadcasts, and lets them go. The broadcast is locked by whoever
/// calls.
final class Holding {
    private Holding() {}

    private static final String SET_PAUSED =
            "UPDATE broadcast SET paused = :paused WHERE execution_id = :execution";

    static int setPaused(Handle handle, ExecutionId execution, boolean paused) {
        return handle.createUpdate(SET_PAUSED)
                .bind("paused", paused)
                .bind("execution", execution.value())
                .execute();
    }

    // Waits for marks and recordings that hold rows, and keeps new ones away.
    private static final String LOCK_OPEN =
            """
            SELECT q.message_id
            FROM message_queue q
            WHERE q.execution_id = :execution AND (:all OR q.owner IS NOT NULL OR q.due_time <> q.expire_time)
            ORDER BY q.message_id
            FOR UPDATE
            """;

    /// Says how many there are. To be called before the others: they may be many, and are found by
    /// their keys from then on.
    ///
    /// @param all also those that are held already
    static int lockOpen(Handle handle, ExecutionId execution, boolean all) {
        KeyedPlans.use(handle);
        return handle.createQuery(LOCK_OPEN)
                .bind("execution", execution.value())
                .bind("all", all)
                .mapTo(UUID.class)
                .list()
                .size();
    }

    // A later epoch makes claims void, so that what waits in the memory of a node fails at the
    // mark. A held row is due at its expiry, and so never in time. What waited for its time goes on
    // waiting for it when it is let go; what was claimed had its time already.
    private static final String HOLD =
            """
            UPDATE message_queue q
            SET claim_epoch = q.claim_epoch + 1, owner = NULL, due_time = q.expire_time, lone_tries = 0,
              held_due_time = CASE WHEN q.owner IS NOT NULL THEN NULL
                WHEN q.due_time = q.expire_time THEN q.held_due_time
                ELSE q.due_time END,
              claims_without_mark = CASE WHEN q.owner IS NULL THEN q.claims_without_mark
                ELSE greatest(q.claims_without_mark - 1, 0) END
            WHERE q.execution_id = :execution AND (:all OR q.owner IS NOT NULL OR q.due_time <> q.expire_time)
              AND (SELECT s.state FROM message_state s WHERE s.message_id = q.message_id) <> 'SENDING'
            """;

    /// Of those that are locked, all but what is in hand-over; says how many.
    ///
    /// @param all also those that are held already
    static int hold(Handle handle, ExecutionId execution, boolean all) {
        return handle.createUpdate(HOLD)
                .bind("execution", execution.value())
                .bind("all", all)
                .execute();
    }

    private static final String LET_GO =
            """
            UPDATE message_queue q
            SET due_time = greatest(:now, q.held_due_time), held_due_time = NULL
            WHERE q.execution_id = :execution AND q.owner IS NULL AND q.due_time = q.expire_time
            """;

    static int letGo(Handle handle, ExecutionId execution, Instant now) {
        return handle.createUpdate(LET_GO)
                .bind("now", now)
                .bind("execution", execution.value())
                .execute();
    }
}
