package io.campanile.persistence.message;

import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.CancelCounts;
import io.campanile.application.message.port.Cancellation;
import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.Executions;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.Progress;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.SqlTimes;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;
import io.campanile.persistence.broadcast.CanaryRows;
import io.campanile.persistence.delivery.Settlement;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Executions on PostgreSQL. Their messages are found by the ids that the execution itself holds.
public final class JdbiExecutions implements Executions {
    private final Store store;

    public JdbiExecutions(Store store) {
        this.store = store;
    }

    // Absent conditions are null and fold away when the statement is planned.
    private static final String LIST =
            """
            SELECT e.execution_id, c.workspace_id, c.chosen_id, e.revision, e.request_id, e.create_time, e.schedule_time,
              e.expire_time, e.cancel_time, e.metadata, e.audience, b.state AS fan_out, b.paused, b.planned, b.written,
              b.start_time, b.messages_per_second, coalesce(jsonb_array_length(e.rejections), 0) AS rejected,
              n.counts, n.settled_lately,
            """
                    + CanaryRows.COLUMNS
                    + """
                    FROM execution e
                    JOIN campaign c ON c.campaign_id = e.campaign_id
                    LEFT JOIN broadcast b ON b.execution_id = e.execution_id
                    LEFT JOIN broadcast_canary k ON k.execution_id = e.execution_id
                    CROSS JOIN LATERAL (
                      SELECT jsonb_object_agg(g.state, g.messages) FILTER (WHERE g.messages <> 0) AS counts,
                        sum(g.settled_lately) AS settled_lately
                      FROM (
                        SELECT s.state, sum(s.messages) AS messages, sum(s.settled_lately) AS settled_lately
                        FROM (
                          SELECT s.state, 1 AS messages, 0 AS settled_lately
                          FROM (
                            SELECT unnest(e.message_ids) AS message_id
                            UNION ALL
                            SELECT q.message_id
                            FROM message_queue q
                            WHERE q.execution_id = e.execution_id) AS m
                          CROSS JOIN LATERAL (
                            SELECT k.state
                            FROM message_state k
                            WHERE k.message_id = m.message_id
                            OFFSET 0
                          ) AS s
                          UNION ALL
                          SELECT k.state, k.messages,
                            CASE WHEN k.settle_time > now() - :window * interval '1 second' THEN k.messages ELSE 0 END
                          FROM broadcast_settled k
                          WHERE k.execution_id = e.execution_id) AS s
                        GROUP BY s.state) AS g
                    ) AS n
                    WHERE c.workspace_id = :workspace
                      AND (:campaign::text IS NULL OR c.chosen_id = :campaign)
                      AND (:execution::uuid IS NULL OR e.execution_id = :execution::uuid)
                      AND (:requestId::text IS NULL OR e.execution_id IN (
                        SELECT k.execution_id
                        FROM trigger_key k
                        JOIN campaign o ON o.campaign_id = k.campaign_id
                        WHERE o.workspace_id = :workspace AND k.request_id = :requestId))
                      AND (:from::timestamptz IS NULL OR e.create_time >= :from::timestamptz)
                      AND (:to::timestamptz IS NULL OR e.create_time < :to::timestamptz)
                      AND (:first::uuid IS NULL OR e.execution_id >= :first::uuid)
                      AND (:after::uuid IS NULL OR e.execution_id < :after::uuid)
                    ORDER BY e.execution_id DESC
                    LIMIT :limit
                    """;

    @Override
    public Optional<ExecutionView> find(WorkspaceId workspace, ExecutionId execution) {
        return select(
                        new ExecutionQuery(workspace, null, null, null, null, null, 1),
                        execution.value())
                .stream()
                .findFirst();
    }

    @Override
    public List<ExecutionView> list(ExecutionQuery query) {
        return select(query, null);
    }

    private List<ExecutionView> select(ExecutionQuery query, @Nullable UUID execution) {
        return store.inStatement(handle ->
                handle.createQuery(LIST)
                        .bind("workspace", query.workspace().value())
                        .bind(
                                "campaign",
                                query.campaign() == null ? null : query.campaign().campaign())
                        .bind("execution", execution)
                        .bind("requestId", query.requestId())
                        .bind("from", SqlTimes.optionalComparable(query.from()))
                        .bind("to", SqlTimes.optionalComparable(query.to()))
                        .bind("first", lowest(SqlTimes.optionalComparable(query.from())))
                        .bind("after", query.after() == null ? null : query.after().value())
                        .bind("limit", query.limit())
                        .bind("window", Progress.WINDOW.toSeconds())
                        .map((row, _) -> view(row))
                        .list());
    }

    /// Ids are made a moment before or after the create time is taken.
    private static @Nullable UUID lowest(@Nullable Instant from) {
        return from == null ? null : UuidTimes.lowest(from.minusSeconds(60));
    }

    private static ExecutionView view(ResultSet row) throws SQLException {
        var counts = new EnumMap<MessageState.Kind, Long>(MessageState.Kind.class);
        Counts.parse(row.getString("counts"))
                .forEach((state, count) -> counts.put(MessageState.Kind.valueOf(state), count));
        BroadcastView broadcast = broadcast(row);
        if (broadcast != null && broadcast.planned() > broadcast.written()) {
            counts.merge(
                    broadcast.state().unwritten(),
                    broadcast.planned() - broadcast.written(),
                    Long::sum);
        }
        return new ExecutionView(
                new ExecutionId(row.getObject("execution_id", UUID.class)),
                new CampaignName(
                        new WorkspaceId(row.getString("workspace_id")), row.getString("chosen_id")),
                row.getInt("revision"),
                row.getString("request_id"),
                StateRows.time(row, "create_time"),
                StateRows.optionalTime(row, "schedule_time"),
                StateRows.time(row, "expire_time"),
                StateRows.optionalTime(row, "cancel_time"),
                Metadata.parse(row.getString("metadata")),
                row.getInt("rejected"),
                Map.copyOf(counts),
                broadcast);
    }

    private static @Nullable BroadcastView broadcast(ResultSet row) throws SQLException {
        String state = row.getString("fan_out");
        return state == null
                ? null
                : new BroadcastView(
                        row.getString("audience"),
                        FanOutState.valueOf(state),
                        row.getBoolean("paused"),
                        row.getLong("planned"),
                        row.getLong("written"),
                        StateRows.time(row, "start_time"),
                        new WriteRate(row.getDouble("messages_per_second")),
                        row.getLong("settled_lately"),
                        CanaryRows.watch(row));
    }

    private static final String LOCK =
            """
            SELECT e.message_ids, e.cancelled_count, e.in_hand_over_count
            FROM execution e
            WHERE e.execution_id = :execution
            FOR UPDATE
            """;

    private static final String LOCK_OPEN =
            """
            SELECT q.message_id
            FROM message_queue q
            WHERE q.message_id = ANY (:messages) OR q.execution_id = :execution
            ORDER BY q.message_id
            FOR UPDATE
            """;

    // Waits for who writes its messages; nobody else does from now on. Before its messages, as
    // those do who pause it.
    private static final String LOCK_FAN_OUT =
            """
            SELECT b.state, b.planned - b.written AS unwritten
            FROM broadcast b
            WHERE b.execution_id = :execution
            FOR NO KEY UPDATE
            """;

    // Also of one whose messages are all written: it can be paused and resumed no more.
    private static final String END_FAN_OUT =
            """
            UPDATE broadcast b
            SET state = 'CANCELLED'
            WHERE b.execution_id = :execution AND b.state IN ('WAITING', 'WRITING', 'WRITTEN')
            """;

    private static final String SAVE =
            """
            UPDATE execution
            SET cancel_time = :now, cancelled_count = :cancelled, in_hand_over_count = :inHandOver
            WHERE execution_id = :execution
            """;

    private record Cancelling(
            List<UUID> messages, @Nullable Integer cancelled, @Nullable Integer inHandOver) {}

    @Override
    public Cancellation cancel(ExecutionId execution, Instant now) {
        return store.inTransaction(handle ->
                handle.createQuery(LOCK)
                        .bind("execution", execution.value())
                        .map((row, _) -> cancelling(row))
                        .findOne()
                        .map(found -> cancel(handle, execution, found, now))
                        .orElseGet(Cancellation.NothingOpen::new));
    }

    /// Of one whose messages are still being written.
    private static Optional<Long> unwritten(ResultSet row) throws SQLException {
        return FanOutState.valueOf(row.getString("state")).isUnfinished()
                ? Optional.of(row.getLong("unwritten"))
                : Optional.empty();
    }

    private static Cancelling cancelling(ResultSet row) throws SQLException {
        return new Cancelling(
                Arrays.stream((Object[]) row.getArray("message_ids").getArray())
                        .map(UUID.class::cast)
                        .toList(),
                row.getObject("cancelled_count", Integer.class),
                row.getObject("in_hand_over_count", Integer.class));
    }

    private static Cancellation cancel(
            Handle handle, ExecutionId execution, Cancelling found, Instant now) {
        if (found.cancelled() != null && found.inHandOver() != null) {
            return new Cancellation.CancelledBefore(
                    new CancelCounts(found.cancelled(), found.inHandOver()));
        }
        Optional<Long> unwritten =
                handle.createQuery(LOCK_FAN_OUT)
                        .bind("execution", execution.value())
                        .map((row, _) -> unwritten(row))
                        .findOne()
                        .flatMap(written -> written);
        // Waits for marks and recordings that hold rows; what is still there then is open.
        List<UUID> open =
                handle.createQuery(LOCK_OPEN)
                        .bind("messages", SqlArrays.uuids(found.messages()))
                        .bind("execution", execution.value())
                        .mapTo(UUID.class)
                        .list();
        if (open.isEmpty() && unwritten.isEmpty()) {
            return new Cancellation.NothingOpen();
        }
        handle.createUpdate(END_FAN_OUT).bind("execution", execution.value()).execute();
        int cancelled =
                open.isEmpty()
                        ? 0
                        : Settlement.settle(
                                handle,
                                open,
                                new MessageState.Cancelled(Reason.EXECUTION_CANCELLED, now));
        var counts = new CancelCounts(cancelled + unwritten.orElse(0L), open.size() - cancelled);
        handle.createUpdate(SAVE)
                .bind("execution", execution.value())
                .bind("now", now)
                .bind("cancelled", counts.cancelled())
                .bind("inHandOver", counts.inHandOver())
                .execute();
        return new Cancellation.Cancelled(counts);
    }
}
