package io.campanile.persistence.broadcast;

import io.campanile.domain.broadcast.Broadcast;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.OpenMessages;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.KeyedPlans;
import io.campanile.persistence.RowTimes;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Locks broadcasts, and reads those that are locked. Rows are locked in the order broadcast,
/// control, queue: a mark, which goes from the queue to the control row, never looks at a
/// broadcast.
final class BroadcastLocks {
    private static final String LOCK =
            """
            SELECT b.campaign_id
            FROM broadcast b
            WHERE b.execution_id = :execution
            FOR UPDATE
            """;

    // Read after all locks, with a snapshot of its own: what the last one did is seen, and the time
    // is not that of before a wait.
    private static final String READ =
            """
            SELECT b.execution_id, b.state, b.paused, b.planned, b.written, b.start_time, b.expire_time,
              b.messages_per_second, b.next_write_time, clock_timestamp() AS store_time, c.workspace_id, c.chosen_id,
            """
                    + CanaryRows.COLUMNS
                    + """
                    FROM broadcast b
                    LEFT JOIN broadcast_canary k ON k.execution_id = b.execution_id
                    LEFT JOIN campaign c ON c.campaign_id = b.campaign_id
                    WHERE b.execution_id = :execution
                    """;

    private BroadcastLocks() {}

    /// What is read of a broadcast.
    ///
    /// @param name of its campaign; absent when there is none any more
    /// @param time by the database
    record Locked(Broadcast broadcast, @Nullable CampaignName name, Instant time) {}

    /// Says of which campaign it is; nothing when somebody else works on it.
    static Optional<CampaignId> tryLock(Handle handle, ExecutionId execution) {
        return lockRow(handle, execution, " SKIP LOCKED");
    }

    /// Waits for who works on it.
    static Optional<Locked> lock(Handle handle, ExecutionId execution) {
        return lockRow(handle, execution, "").map(_ -> read(handle, execution));
    }

    private static Optional<CampaignId> lockRow(Handle handle, ExecutionId execution, String how) {
        return handle.createQuery(LOCK + how)
                .bind("execution", execution.value())
                .map((row, _) -> new CampaignId(row.getObject("campaign_id", UUID.class)))
                .findOne();
    }

    static Locked read(Handle handle, ExecutionId execution) {
        return handle.createQuery(READ)
                .bind("execution", execution.value())
                .map((row, _) ->
                        new Locked(broadcast(row), name(row), RowTimes.time(row, "store_time")))
                .one();
    }

    private static @Nullable CampaignName name(ResultSet row) throws SQLException {
        String campaign = row.getString("chosen_id");
        return campaign == null
                ? null
                : new CampaignName(new WorkspaceId(row.getString("workspace_id")), campaign);
    }

    private static Broadcast broadcast(ResultSet row) throws SQLException {
        return new Broadcast(
                new ExecutionId(row.getObject("execution_id", UUID.class)),
                FanOutState.valueOf(row.getString("state")),
                row.getBoolean("paused"),
                row.getLong("planned"),
                row.getLong("written"),
                RowTimes.time(row, "start_time"),
                RowTimes.time(row, "expire_time"),
                new WriteRate(row.getDouble("messages_per_second")),
                RowTimes.optionalTime(row, "next_write_time"),
                CanaryRows.watch(row));
    }

    private static final String COUNT_OPEN =
            """
            SELECT count(*) AS "all",
              count(*) FILTER (WHERE q.owner IS NULL AND q.due_time > clock_timestamp()) AS put_off,
              count(*) FILTER (WHERE q.owner IS NULL AND q.due_time = q.expire_time) AS held
            FROM message_queue q
            WHERE q.execution_id = :execution
            """;

    static OpenMessages countOpen(Handle handle, ExecutionId execution) {
        return KeyedPlans.anew(handle.createQuery(COUNT_OPEN))
                .bind("execution", execution.value())
                .map((row, _) ->
                        new OpenMessages(
                                row.getLong("all"), row.getLong("put_off"), row.getLong("held")))
                .one();
    }
}
