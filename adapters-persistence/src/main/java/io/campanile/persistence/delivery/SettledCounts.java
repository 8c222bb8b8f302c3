package io.campanile.persistence.delivery;

import io.campanile.domain.broadcast.Progress;
import io.campanile.domain.message.ExecutionId;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.UUID;

/// How many messages of a broadcast settled in which state and why, and how many of them somebody
/// complained about. Each transaction that settles messages adds a row, because with a single row
/// to add to, all nodes would wait for each other. The messages themselves are not counted, because
/// that takes seconds for some millions, and people look at the counts while messages are sent.
public final class SettledCounts {
    // Those of the last moments tell the speed.
    private static final String FOLD =
            """
            WITH former AS (
              DELETE FROM broadcast_settled
              WHERE execution_id = :execution AND settle_time < now() - :window * interval '1 second'
              RETURNING state, reason, messages, complaints, settle_time
            )
            INSERT INTO broadcast_settled (execution_id, state, reason, messages, complaints, settle_time)
            SELECT :execution, f.state, f.reason, sum(f.messages), sum(f.complaints), max(f.settle_time)
            FROM former f
            GROUP BY f.state, f.reason
            HAVING sum(f.messages) <> 0 OR sum(f.complaints) <> 0
            """;

    private static final String SCATTERED =
            """
            SELECT execution_id
            FROM broadcast_settled
            GROUP BY execution_id
            HAVING count(*) > :rows
            """;

    private SettledCounts() {}

    /// The part of a statement that adds what it settles.
    ///
    /// @param settled a query for the messages that the statement settles: the execution, which is
    ///   absent where it is no broadcast, the state, and the reason, which is absent where the
    ///   state says all
    public static String add(String settled) {
        return """
        INSERT INTO broadcast_settled (execution_id, state, reason, messages, settle_time)
        SELECT s.execution_id, s.state, s.reason, count(*), now()
        FROM (%s) AS s (execution_id, state, reason)
        WHERE s.execution_id IS NOT NULL
        GROUP BY s.execution_id, s.state, s.reason
        """
                .formatted(settled);
    }

    /// The part of a statement that counts messages under the state they were moved to, and no more
    /// under the one they were in.
    ///
    /// @param moved a query for the messages that the statement moves: the execution, which is
    ///   absent where it is no broadcast, state and reason before, and state and reason after
    public static String move(String moved) {
        return """
        INSERT INTO broadcast_settled (execution_id, state, reason, messages, settle_time)
        SELECT m.execution_id, c.state, c.reason, sum(c.messages), now()
        FROM (%s) AS m (execution_id, former, former_reason, state, reason)
        CROSS JOIN LATERAL (VALUES (m.former, m.former_reason, -1), (m.state, m.reason, 1))
          AS c (state, reason, messages)
        WHERE m.execution_id IS NOT NULL
        GROUP BY m.execution_id, c.state, c.reason
        HAVING sum(c.messages) <> 0
        """
                .formatted(moved);
    }

    /// Broadcasts that are counted in more than so many rows.
    public static List<ExecutionId> scattered(Handle handle, int rows) {
        return handle.createQuery(SCATTERED)
                .bind("rows", rows)
                .map((row, _) -> new ExecutionId(row.getObject("execution_id", UUID.class)))
                .list();
    }

    /// Makes one row of former ones, for whoever has locked the broadcast.
    public static void fold(Handle handle, ExecutionId execution) {
        handle.createUpdate(FOLD)
                .bind("execution", execution.value())
                .bind("window", Progress.WINDOW.toSeconds())
                .execute();
    }
}
