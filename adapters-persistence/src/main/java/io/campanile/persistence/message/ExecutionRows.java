package io.campanile.persistence.message;

import io.campanile.application.message.port.BroadcastCondition;
import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.CancelledAt;
import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.Progress;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.execution.CancelCounts;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.KeyedPlans;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlTimes;
import io.campanile.persistence.UuidTimes;
import io.campanile.persistence.broadcast.CanaryRows;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Reads executions, as callers see them. Which ones is found first, by an index and of ids only;
/// messages are counted of those alone.
final class ExecutionRows {
    /// Ids are made a moment before or after the create time is taken.
    private static final Duration AROUND_CREATE_TIME = Duration.ofSeconds(60);

    /// A page of a workspace is mostly among these; where others trigger more, its campaigns are
    /// looked through one by one.
    private static final int NEWEST_LOOKED_AT = 1_000;

    private static final String IN_RANGE =
            """
            x.execution_id >= :first AND x.execution_id < :before
              AND (:from::timestamptz IS NULL OR x.create_time >= :from::timestamptz)
              AND (:to::timestamptz IS NULL OR x.create_time < :to::timestamptz)
            """;

    private static final String OF_WORKSPACE =
            "WHERE o.workspace_id = :workspace AND (:campaign::text IS NULL OR o.chosen_id ="
                    + " :campaign) ";

    private static final String PAGE = "ORDER BY n.execution_id DESC LIMIT :limit";

    private static final String ONE = "SELECT :execution::uuid AS execution_id";

    private static final String OF_REQUEST =
            """
            SELECT n.execution_id
            FROM campaign o
            CROSS JOIN LATERAL (
              SELECT t.execution_id
              FROM trigger_key t
              WHERE t.campaign_id = o.campaign_id AND t.request_id = :requestId
              OFFSET 0
            ) AS k
            CROSS JOIN LATERAL (
              SELECT x.execution_id
              FROM execution x
              WHERE x.execution_id = k.execution_id AND %s
              OFFSET 0
            ) AS n
            """
                            .formatted(IN_RANGE)
                    + OF_WORKSPACE
                    + PAGE;

    private static final String NEWEST =
            """
            SELECT n.execution_id
            FROM (
              SELECT x.execution_id, x.campaign_id
              FROM execution x
              WHERE %s
              ORDER BY x.execution_id DESC
              LIMIT :looked
            ) AS n
            JOIN campaign o ON o.campaign_id = n.campaign_id
            """
                            .formatted(IN_RANGE)
                    + OF_WORKSPACE
                    + PAGE;

    // Compares pairs where the campaigns are equal: with an equation, the key alone would have the
    // order, and be read through all that other campaigns trigger.
    private static final String OF_CAMPAIGNS =
            """
            SELECT n.execution_id
            FROM campaign o
            CROSS JOIN LATERAL (
              SELECT x.execution_id
              FROM execution x
              WHERE (x.campaign_id, x.execution_id) >= (o.campaign_id, :first)
                AND (x.campaign_id, x.execution_id) < (o.campaign_id, :before)
                AND %s
              ORDER BY x.campaign_id DESC, x.execution_id DESC
              LIMIT :limit
            ) AS n
            """
                            .formatted(IN_RANGE)
                    + OF_WORKSPACE
                    + PAGE;

    // Broadcasts are few. Whether one has open messages is asked of each: a hash of them all would
    // read the whole queue.
    private static final String OF_AUDIENCES =
            """
            SELECT n.execution_id
            FROM broadcast b
            JOIN campaign o ON o.campaign_id = b.campaign_id
            CROSS JOIN LATERAL (
              SELECT x.execution_id
              FROM execution x
              WHERE x.execution_id = b.execution_id AND %s
                AND (:audience::text IS NULL OR x.audience = :audience)
                AND (:requestId::text IS NULL OR x.request_id = :requestId)
              OFFSET 0
            ) AS n
            """
                            .formatted(IN_RANGE)
                    + OF_WORKSPACE
                    + """
                    AND b.execution_id >= :first AND b.execution_id < :before
                    AND (NOT :unsettled OR b.state IN ('WAITING', 'WRITING')
                      OR EXISTS (SELECT FROM message_queue q WHERE q.execution_id = b.execution_id OFFSET 0))
                    """
                    + PAGE;

    private static final String VIEWS =
            Sql.of(
                    ExecutionRows.class,
                    "execution-views.sql",
                    Map.of("canary", CanaryRows.COLUMNS));

    private ExecutionRows() {}

    static Optional<ExecutionView> find(
            Handle handle, WorkspaceId workspace, ExecutionId execution) {
        return KeyedPlans.anew(views(handle, ONE, workspace))
                .bind("execution", execution.value())
                .map((row, _) -> view(row))
                .findOne();
    }

    /// In a transaction.
    static List<ExecutionView> list(Handle handle, ExecutionQuery query) {
        // A plan that is kept knows neither the page's size nor which conditions are absent, and
        // takes reading and sorting everything for cheap.
        KeyedPlans.use(handle);
        if (query.broadcasts() != null) {
            return ofAudiences(handle, query, query.broadcasts());
        }
        if (query.requestId() != null) {
            return list(handle, OF_REQUEST, query);
        }
        if (query.campaign() == null) {
            List<ExecutionView> newest = list(handle, NEWEST, query);
            if (newest.size() == query.limit()) {
                return newest;
            }
        }
        return list(handle, OF_CAMPAIGNS, query);
    }

    private static List<ExecutionView> ofAudiences(
            Handle handle, ExecutionQuery query, BroadcastCondition condition) {
        return page(handle, OF_AUDIENCES, query)
                .bind("audience", condition.audience())
                .bind("requestId", query.requestId())
                .bind("unsettled", condition.unsettled())
                .map((row, _) -> view(row))
                .list();
    }

    private static List<ExecutionView> list(Handle handle, String page, ExecutionQuery query) {
        return page(handle, page, query)
                .bind("requestId", query.requestId())
                .bind("looked", NEWEST_LOOKED_AT)
                .map((row, _) -> view(row))
                .list();
    }

    private static Query page(Handle handle, String page, ExecutionQuery query) {
        Instant from = SqlTimes.optionalComparable(query.from());
        Instant to = SqlTimes.optionalComparable(query.to());
        return views(handle, page, query.workspace())
                .bind("campaign", query.campaign() == null ? null : query.campaign().campaign())
                .bind("from", from)
                .bind("to", to)
                .bind("first", first(from))
                .bind("before", before(to, query.after()))
                .bind("limit", query.limit());
    }

    private static Query views(Handle handle, String page, WorkspaceId workspace) {
        return handle.createQuery("WITH page AS MATERIALIZED (" + page + ")\n" + VIEWS)
                .bind("workspace", workspace.value())
                .bind("window", Progress.WINDOW.toSeconds());
    }

    private static UUID first(@Nullable Instant from) {
        return from == null ? UuidTimes.LOWEST : UuidTimes.lowest(from.minus(AROUND_CREATE_TIME));
    }

    private static UUID before(@Nullable Instant to, @Nullable ExecutionId after) {
        UUID end = to == null ? UuidTimes.HIGHEST : UuidTimes.lowest(to.plus(AROUND_CREATE_TIME));
        return after == null || isBefore(end, after.value()) ? end : after.value();
    }

    /// As PostgreSQL compares them, by their times.
    private static boolean isBefore(UUID one, UUID other) {
        return Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits())
                < 0;
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
                RowTimes.time(row, "create_time"),
                RowTimes.optionalTime(row, "schedule_time"),
                RowTimes.time(row, "expire_time"),
                cancelled(row),
                Metadata.parse(row.getString("metadata")),
                row.getInt("rejected"),
                Map.copyOf(counts),
                broadcast);
    }

    private static @Nullable CancelledAt cancelled(ResultSet row) throws SQLException {
        Instant time = RowTimes.optionalTime(row, "cancel_time");
        return time == null
                ? null
                : new CancelledAt(
                        time,
                        new CancelCounts(
                                row.getLong("cancelled_count"), row.getLong("in_hand_over_count")));
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
                        RowTimes.time(row, "start_time"),
                        new WriteRate(row.getDouble("messages_per_second")),
                        row.getLong("settled_lately"),
                        reasons(row),
                        row.getLong("complaints"),
                        CanaryRows.watch(row));
    }

    private static Map<Reason, Long> reasons(ResultSet row) throws SQLException {
        var reasons = new EnumMap<Reason, Long>(Reason.class);
        Counts.parse(row.getString("reasons"))
                .forEach((reason, count) -> reasons.put(Reason.valueOf(reason), count));
        return reasons;
    }
}
