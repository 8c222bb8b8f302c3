package io.campanile.persistence.broadcast;

import io.campanile.domain.broadcast.Canary;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.StateRows;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.concurrent.atomic.LongAdder;

/// The canaries of broadcasts.
public final class CanaryRows {
    /// To be selected from `broadcast_canary k`, which may be joined from the left.
    public static final String COLUMNS =
            """
            k.sample_size, k.max_failed_percent, k.max_bounced_percent, k.max_unknown_percent,
              k.max_complained_percent,
              extract(epoch FROM k.settle_timeout)::double precision AS settle_seconds,
              extract(epoch FROM k.observe_duration)::double precision AS observe_seconds,
              k.state AS canary_state, k.state_time AS canary_time, k.all_count, k.sent_count, k.failed_count,
              k.bounced_count, k.unknown_count, k.stuck_count, k.complained_count
            """;

    private static final String INSERT =
            """
            INSERT INTO broadcast_canary (execution_id, sample_size, max_failed_percent, max_bounced_percent,
              max_unknown_percent, max_complained_percent, settle_timeout, observe_duration, state)
            VALUES (:execution, :sampleSize, :maxFailed, :maxBounced, :maxUnknown, :maxComplained,
              :settle * interval '1 second', :observe * interval '1 second', 'SAMPLING')
            """;

    private static final String KEEP =
            """
            UPDATE broadcast_canary
            SET state = :state, state_time = :time, all_count = :all, sent_count = :sent, failed_count = :failed,
              bounced_count = :bounced, unknown_count = :unknown, stuck_count = :stuck, complained_count = :complained
            WHERE execution_id = :execution
            """;

    // A join would read the states of all messages that are kept.
    private static final String COUNT =
            """
            SELECT s.state, count(*) AS messages,
              count(*) FILTER (WHERE s.state = 'DEFERRED' AND s.reason = ANY (:ofProviders) AND s.attempts > 0) AS stuck,
              count(*) FILTER (WHERE s.state IN ('DELIVERED', 'BOUNCED') AND EXISTS (
                SELECT FROM message_receipt r WHERE r.message_id = m.message_id AND r.kind = 'COMPLAINED')) AS complained
            FROM message m
            CROSS JOIN LATERAL (
              SELECT k.state, k.reason, k.attempts
              FROM message_state k
              WHERE k.message_id = m.message_id
              OFFSET 0
            ) AS s
            WHERE m.execution_id = :execution AND m.payload IS NULL
            GROUP BY s.state
            """;

    private CanaryRows() {}

    /// Stores one that was just asked for.
    public static void insert(Handle handle, ExecutionId execution, Canary canary) {
        handle.createUpdate(INSERT)
                .bind("execution", execution.value())
                .bind("sampleSize", canary.sampleSize())
                .bind("maxFailed", canary.maxFailedPercent())
                .bind("maxBounced", canary.maxBouncedPercent())
                .bind("maxUnknown", canary.maxUnknownPercent())
                .bind("maxComplained", canary.maxComplainedPercent())
                .bind("settle", seconds(canary.settleTimeout()))
                .bind("observe", seconds(canary.observation()))
                .execute();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /// The canary of a row with [#COLUMNS]; absent where the broadcast has none.
    public static @Nullable CanaryWatch watch(ResultSet row) throws SQLException {
        String state = row.getString("canary_state");
        return state == null ? null : new CanaryWatch(canary(row), state(row, state));
    }

    private static Canary canary(ResultSet row) throws SQLException {
        return new Canary(
                row.getInt("sample_size"),
                row.getDouble("max_failed_percent"),
                row.getDouble("max_bounced_percent"),
                row.getDouble("max_unknown_percent"),
                row.getDouble("max_complained_percent"),
                duration(row, "settle_seconds"),
                duration(row, "observe_seconds"));
    }

    private static Duration duration(ResultSet row, String column) throws SQLException {
        return Duration.of(Math.round(row.getDouble(column) * 1e6), ChronoUnit.MICROS);
    }

    private static CanaryState state(ResultSet row, String state) throws SQLException {
        return switch (state) {
            case "SAMPLING" -> new CanaryState.Sampling();
            case "SETTLING" -> new CanaryState.Settling(RowTimes.time(row, "canary_time"));
            case "OBSERVING" -> new CanaryState.Observing(RowTimes.time(row, "canary_time"));
            case "PASSED" -> new CanaryState.Passed(counts(row), RowTimes.time(row, "canary_time"));
            case "HALTED" -> new CanaryState.Halted(counts(row), RowTimes.time(row, "canary_time"));
            case "OVERRIDDEN" ->
                    new CanaryState.Overridden(counts(row), RowTimes.time(row, "canary_time"));
            default -> throw new IllegalStateException("no state of a canary: " + state);
        };
    }

    private static SampleCounts counts(ResultSet row) throws SQLException {
        return new SampleCounts(
                row.getLong("all_count"),
                row.getLong("sent_count"),
                row.getLong("failed_count"),
                row.getLong("bounced_count"),
                row.getLong("unknown_count"),
                row.getLong("stuck_count"),
                row.getLong("complained_count"));
    }

    static SampleCounts count(Handle handle, ExecutionId execution) {
        var counts = new EnumMap<MessageState.Kind, Long>(MessageState.Kind.class);
        var stuck = new LongAdder();
        var complained = new LongAdder();
        handle.createQuery(COUNT)
                .bind("execution", execution.value())
                .bind("ofProviders", SqlArrays.texts(Reason.OF_PROVIDERS, Reason::name))
                .map((row, _) -> {
                    stuck.add(row.getLong("stuck"));
                    complained.add(row.getLong("complained"));
                    return counts.put(StateRows.kind(row), row.getLong("messages"));
                })
                .list();
        return SampleCounts.of(counts, stuck.sum(), complained.sum());
    }

    static void keep(Handle handle, ExecutionId execution, CanaryState state) {
        switch (state) {
            case CanaryState.Sampling() -> keep(handle, execution, "SAMPLING", null, null);
            case CanaryState.Settling(var since) ->
                    keep(handle, execution, "SETTLING", since, null);
            case CanaryState.Observing(var since) ->
                    keep(handle, execution, "OBSERVING", since, null);
            case CanaryState.Passed(var sample, var at) ->
                    keep(handle, execution, "PASSED", at, sample);
            case CanaryState.Halted(var sample, var at) ->
                    keep(handle, execution, "HALTED", at, sample);
            case CanaryState.Overridden(var sample, var at) ->
                    keep(handle, execution, "OVERRIDDEN", at, sample);
        }
    }

    private static void keep(
            Handle handle,
            ExecutionId execution,
            String state,
            @Nullable Instant time,
            @Nullable SampleCounts sample) {
        handle.createUpdate(KEEP)
                .bind("execution", execution.value())
                .bind("state", state)
                .bind("time", time)
                .bind("all", sample == null ? null : sample.all())
                .bind("sent", sample == null ? null : sample.sent())
                .bind("failed", sample == null ? null : sample.failed())
                .bind("bounced", sample == null ? null : sample.bounced())
                .bind("unknown", sample == null ? null : sample.unknown())
                .bind("stuck", sample == null ? null : sample.stuck())
                .bind("complained", sample == null ? null : sample.complained())
                .execute();
    }
}
