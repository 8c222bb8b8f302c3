package io.campanile.persistence.operation;

import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.operation.port.Backlog;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Counts the queue, which is as large as the backlog, and young messages by the times in their
/// ids.
public final class JdbiBacklogs implements Backlogs {
    // Of what nodes hold, states are looked up from the oldest claim on, and no farther than to the
    // first that waits: before it come at most as many as can be in hand-over.
    private static final String COUNT =
            """
            SELECT count(*) AS open,
              count(*) FILTER (WHERE q.due_time <= :now AND q.owner IS NULL) AS due,
              least(
                min(q.due_time) FILTER (WHERE q.due_time <= :now AND q.owner IS NULL),
                (SELECT h.due_time - :lease * interval '1 second'
                 FROM (
                   SELECT q.message_id, q.due_time
                   FROM message_queue q
                   WHERE q.lane = :lane AND q.owner IS NOT NULL AND q.due_time <= :now::timestamptz + :lease * interval '1 second'
                     %1$s
                   ORDER BY q.due_time
                   OFFSET 0
                 ) AS h
                 CROSS JOIN LATERAL (
                   SELECT FROM message_state s
                   WHERE s.message_id = h.message_id AND s.state <> 'SENDING'
                   OFFSET 0
                 ) AS waiting
                 ORDER BY h.due_time
                 LIMIT 1)) AS oldest_due_time
            FROM message_queue q
            WHERE q.lane = :lane
              %1$s
            """;

    private static final String OF_ALL = COUNT.formatted("");

    private static final String OF_WORKSPACE =
            COUNT.formatted(
                    "AND q.campaign_id IN (SELECT campaign_id FROM campaign WHERE workspace_id ="
                            + " :workspace)");

    private static final String PUT_OFF =
            """
            SELECT s.reason, count(*) AS messages
            FROM unnest(:lanes) AS l (lane)
            CROSS JOIN LATERAL (
              SELECT q.message_id
              FROM message_queue q
              WHERE q.lane = l.lane
                AND q.campaign_id IN (SELECT campaign_id FROM campaign WHERE workspace_id = :workspace)
              ORDER BY q.due_time
              LIMIT :most
            ) AS next
            CROSS JOIN LATERAL (
              SELECT s.reason FROM message_state s
              WHERE s.message_id = next.message_id AND s.state = 'DEFERRED' AND s.reason = ANY (:reasons)
              OFFSET 0
            ) AS s
            GROUP BY s.reason
            """;

    private static final String OUTCOMES =
            """
            SELECT s.state, count(*) AS messages
            FROM message m
            JOIN message_state s ON s.message_id = m.message_id
            JOIN campaign c ON c.campaign_id = m.campaign_id
            WHERE c.workspace_id = :workspace
              AND m.message_id >= :first AND s.message_id >= :first
              AND s.state = ANY (:settled)
            GROUP BY s.state
            """;

    private static final List<Kind> SETTLED =
            Arrays.stream(Kind.values()).filter(kind -> !kind.isOpen()).toList();

    private final Store store;

    public JdbiBacklogs(Store store) {
        this.store = store;
    }

    @Override
    public List<Backlog> count(Instant now) {
        return count(OF_ALL, Map.of(), now);
    }

    @Override
    public List<Backlog> count(WorkspaceId workspace, Instant now) {
        return count(OF_WORKSPACE, Map.of("workspace", workspace.value()), now);
    }

    private List<Backlog> count(String sql, Map<String, String> scope, Instant now) {
        return Arrays.stream(Lane.values()).map(lane -> count(sql, scope, lane, now)).toList();
    }

    private Backlog count(String sql, Map<String, String> scope, Lane lane, Instant now) {
        return store.inStatement(handle ->
                handle.createQuery(sql)
                        .bindMap(scope)
                        .bind("lane", lane.name())
                        .bind("now", now)
                        .bind("lease", MessageQueue.CLAIM_LEASE.toSeconds())
                        .map((row, _) -> {
                            var oldest = row.getObject("oldest_due_time", OffsetDateTime.class);
                            return new Backlog(
                                    lane,
                                    row.getLong("open"),
                                    row.getLong("due"),
                                    oldest == null ? null : oldest.toInstant());
                        })
                        .one());
    }

    @Override
    public Map<Reason, Long> putOff(WorkspaceId workspace) {
        Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        store.inStatement(handle ->
                        handle.createQuery(PUT_OFF)
                                .bind("lanes", SqlArrays.texts(List.of(Lane.values()), Enum::name))
                                .bind("workspace", workspace.value())
                                .bind("most", MOST_PUT_OFF)
                                .bind("reasons", SqlArrays.texts(Reason.OF_TROUBLE, Enum::name))
                                .map((row, _) ->
                                        Map.entry(
                                                Reason.valueOf(row.getString("reason")),
                                                row.getLong("messages")))
                                .list())
                .forEach(reason -> reasons.put(reason.getKey(), reason.getValue()));
        return reasons;
    }

    @Override
    public Map<Kind, Long> outcomes(WorkspaceId workspace, Instant acceptedFrom) {
        Map<Kind, Long> outcomes = new EnumMap<>(Kind.class);
        store.inStatement(handle ->
                        handle.createQuery(OUTCOMES)
                                .bind("workspace", workspace.value())
                                .bind("first", UuidTimes.lowest(acceptedFrom))
                                .bind("settled", SqlArrays.texts(SETTLED, Enum::name))
                                .map((row, _) ->
                                        Map.entry(
                                                Kind.valueOf(row.getString("state")),
                                                row.getLong("messages")))
                                .list())
                .forEach(outcome -> outcomes.put(outcome.getKey(), outcome.getValue()));
        return outcomes;
    }
}
