package io.campanile.persistence.broadcast;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.broadcast.port.LockedBroadcast;
import io.campanile.application.broadcast.port.PauseCounts;
import io.campanile.domain.broadcast.Broadcast;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.broadcast.OpenMessages;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.KeyedPlans;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.ControlGate;
import io.campanile.persistence.delivery.SettledCounts;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Broadcasts on PostgreSQL. Rows are locked in the order broadcast, control, queue: a mark, which
/// goes from the queue to the control row, never looks at a broadcast.
public final class JdbiBroadcasts implements Broadcasts {
    /// A million members take about ten seconds.
    private static final Duration LONGEST_BEGIN = Duration.ofMinutes(30);

    private final Store store;

    public JdbiBroadcasts(Store store) {
        this.store = store;
    }

    private static final String UNFINISHED =
            """
            SELECT b.execution_id
            FROM broadcast b
            WHERE b.state IN ('WAITING', 'WRITING')
              AND (:after::uuid IS NULL OR b.execution_id > :after::uuid)
            ORDER BY b.execution_id
            LIMIT :limit
            """;

    @Override
    public List<ExecutionId> unfinished(@Nullable ExecutionId after, int limit) {
        return store.inStatement(handle ->
                handle.createQuery(UNFINISHED)
                        .bind("after", after == null ? null : after.value())
                        .bind("limit", limit)
                        .map((row, _) -> new ExecutionId(row.getObject(1, UUID.class)))
                        .list());
    }

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
            SELECT b.execution_id, b.campaign_id, b.state, b.paused, b.planned, b.written, b.start_time, b.expire_time,
              b.messages_per_second, b.next_write_time, clock_timestamp() AS store_time, c.workspace_id, c.chosen_id,
            """
                    + CanaryRows.COLUMNS
                    + """
                    FROM broadcast b
                    LEFT JOIN broadcast_canary k ON k.execution_id = b.execution_id
                    LEFT JOIN campaign c ON c.campaign_id = b.campaign_id
                    WHERE b.execution_id = :execution
                    """;

    private static final String COUNT_OPEN =
            """
            SELECT count(*) AS "all",
              count(*) FILTER (WHERE q.owner IS NULL AND q.due_time > clock_timestamp()) AS put_off,
              count(*) FILTER (WHERE q.owner IS NULL AND q.due_time = q.expire_time) AS held
            FROM message_queue q
            WHERE q.execution_id = :execution
            """;

    @Override
    public Optional<LockedBroadcast> lock(ExecutionId execution) {
        return store.inTransaction(handle ->
                lockRow(handle, execution, " SKIP LOCKED")
                        .map(campaign -> locked(handle, execution, campaign)));
    }

    private static LockedBroadcast locked(
            Handle handle, ExecutionId execution, CampaignId campaign) {
        CampaignControl control = ControlGate.share(handle, campaign);
        Locked row = read(handle, execution);
        return new LockedBroadcast(
                row.broadcast(), row.name(), control, countOpen(handle, execution), row.time());
    }

    private static Optional<CampaignId> lockRow(Handle handle, ExecutionId execution, String how) {
        return handle.createQuery(LOCK + how)
                .bind("execution", execution.value())
                .map((row, _) -> new CampaignId(row.getObject("campaign_id", UUID.class)))
                .findOne();
    }

    private record Locked(Broadcast broadcast, @Nullable CampaignName name, Instant time) {}

    /// Waits for who works on it.
    private static Optional<Locked> lock(Handle handle, ExecutionId execution) {
        return lockRow(handle, execution, "").map(_ -> read(handle, execution));
    }

    private static Locked read(Handle handle, ExecutionId execution) {
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

    private static OpenMessages countOpen(Handle handle, ExecutionId execution) {
        return KeyedPlans.anew(handle.createQuery(COUNT_OPEN))
                .bind("execution", execution.value())
                .map((row, _) ->
                        new OpenMessages(
                                row.getLong("all"), row.getLong("put_off"), row.getLong("held")))
                .one();
    }

    private static Broadcast broadcast(ResultSet row) throws SQLException {
        return new Broadcast(
                new ExecutionId(row.getObject("execution_id", UUID.class)),
                new CampaignId(row.getObject("campaign_id", UUID.class)),
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

    @Override
    public boolean begin(ExecutionId execution) {
        return store.inLongTransaction(LONGEST_BEGIN, handle -> Beginning.begin(handle, execution));
    }

    @Override
    public void write(ExecutionId execution, FanOutStep.Write chunk, Instant now) {
        store.inTransaction(handle -> BroadcastRows.write(handle, execution, chunk, now));
    }

    @Override
    public SampleCounts sample(ExecutionId execution) {
        return store.inStatement(handle -> CanaryRows.count(handle, execution));
    }

    @Override
    public void keep(ExecutionId execution, CanaryState state) {
        store.inTransaction(handle -> {
            CanaryRows.keep(handle, execution, state);
            return state instanceof CanaryState.Halted
                    ? Holding.setPaused(handle, execution, true)
                    : 0;
        });
    }

    private static final String END =
            "UPDATE broadcast SET state = :state WHERE execution_id = :execution";

    @Override
    public void end(ExecutionId execution, FanOutState state) {
        store.inStatement(handle ->
                handle.createUpdate(END)
                        .bind("state", state.name())
                        .bind("execution", execution.value())
                        .execute());
    }

    private static final String PAYLOAD =
            "SELECT b.payload FROM broadcast b WHERE b.execution_id = :execution";

    @Override
    public Optional<byte[]> payload(ExecutionId execution) {
        return store.inStatement(handle ->
                handle.createQuery(PAYLOAD)
                        .bind("execution", execution.value())
                        .mapTo(byte[].class)
                        .findOne());
    }

    @Override
    public Optional<PauseCounts> pause(ExecutionId execution) {
        return store.inTransaction(handle ->
                lock(handle, execution)
                        .map(Locked::broadcast)
                        .flatMap(broadcast -> pause(handle, broadcast)));
    }

    private static Optional<PauseCounts> pause(Handle handle, Broadcast broadcast) {
        ExecutionId execution = broadcast.id();
        int open = Holding.lockOpen(handle, execution, true);
        if (!broadcast.state().canBePaused(open)) {
            return Optional.empty();
        }
        Holding.setPaused(handle, execution, true);
        int held = Holding.hold(handle, execution, true);
        return Optional.of(PauseCounts.of(broadcast, open, held));
    }

    /// Asked again while something is in hand-over: what is held stays as it is.
    @Override
    public void hold(ExecutionId execution) {
        store.inTransaction(handle ->
                lock(handle, execution)
                        .map(Locked::broadcast)
                        .filter(Broadcast::paused)
                        .map(_ -> holdRest(handle, execution)));
    }

    private static int holdRest(Handle handle, ExecutionId execution) {
        return Holding.lockOpen(handle, execution, false) == 0
                ? 0
                : Holding.hold(handle, execution, false);
    }

    @Override
    public boolean resume(ExecutionId execution, Instant now) {
        return store.inTransaction(handle -> {
            Optional<Locked> paused =
                    lock(handle, execution)
                            .filter(locked -> canBeResumed(handle, locked.broadcast()));
            paused.ifPresent(locked -> resume(handle, locked, now));
            return paused.isPresent();
        });
    }

    private static boolean canBeResumed(Handle handle, Broadcast broadcast) {
        long open = countOpen(handle, broadcast.id()).all();
        return broadcast.state().canBeResumed(broadcast.paused(), open);
    }

    private static void resume(Handle handle, Locked locked, Instant now) {
        ExecutionId execution = locked.broadcast().id();
        Holding.setPaused(handle, execution, false);
        // Who records a failed attempt at this moment still holds the message back.
        Holding.lockOpen(handle, execution, true);
        Holding.letGo(handle, execution, now);
        CanaryState canary = locked.broadcast().canaryResumed(locked.time());
        if (canary != null) {
            CanaryRows.keep(handle, execution, canary);
        }
    }

    @Override
    public Set<ExecutionId> unite(Profile gone, Profile staying, Instant now) {
        return store.inTransaction(handle -> new Uniting(handle, gone, staying, now).all());
    }

    @Override
    public void move(ProfileId from, ProfileId to, Set<ExecutionId> waiting) {
        store.inTransaction(handle -> Departures.move(handle, from, to, waiting));
    }

    @Override
    public void leave(ProfileId gone) {
        store.inTransaction(handle -> Departures.leave(handle, gone));
    }

    // Of each that has ended by the key, in its order: a join would read the members of those that
    // have not.
    private static final String FORGET_MEMBERS =
            """
            DELETE FROM broadcast_member
            WHERE ctid = ANY (ARRAY(
              SELECT m.ctid
              FROM broadcast b
              CROSS JOIN LATERAL (
                SELECT k.ctid
                FROM broadcast_member k
                WHERE k.execution_id = b.execution_id
                ORDER BY k.number
                LIMIT :limit
              ) AS m
              WHERE b.state NOT IN ('WAITING', 'WRITING')
              LIMIT :limit))
            """;

    /// One after the other; who works on one adds up as well, or forgets it.
    @Override
    public void addUp(int rows) {
        store.inStatement(handle -> SettledCounts.scattered(handle, rows)).forEach(this::addUp);
    }

    private void addUp(ExecutionId execution) {
        store.inTransaction(handle -> {
            Optional<CampaignId> locked = lockRow(handle, execution, " SKIP LOCKED");
            locked.ifPresent(_ -> SettledCounts.fold(handle, execution));
            return locked;
        });
    }

    @Override
    public int forgetMembers(int limit) {
        return store.inTransaction(handle -> {
            Departures.forget(handle, limit);
            return handle.createUpdate(FORGET_MEMBERS).bind("limit", limit).execute();
        });
    }

    // One probe of each day's index: a join would read all messages of broadcasts that are kept.
    private static final String FORGET =
            """
            WITH gone AS (
              DELETE FROM broadcast
              WHERE ctid = ANY (ARRAY(
                SELECT b.ctid
                FROM broadcast b
                WHERE b.create_time < :before
                  AND b.state NOT IN ('WAITING', 'WRITING')
                  AND NOT EXISTS (SELECT FROM message_queue q WHERE q.execution_id = b.execution_id)
                  AND NOT EXISTS (SELECT FROM broadcast_member m WHERE m.execution_id = b.execution_id)
                  AND NOT EXISTS (
                    SELECT FROM message m WHERE m.execution_id = b.execution_id AND m.payload IS NULL OFFSET 0)
                LIMIT :limit
                FOR UPDATE OF b SKIP LOCKED))
              RETURNING execution_id
            ), canary AS (
              DELETE FROM broadcast_canary
              WHERE execution_id = ANY (ARRAY(SELECT execution_id FROM gone))
            ), counts AS (
              DELETE FROM broadcast_settled
              WHERE execution_id = ANY (ARRAY(SELECT execution_id FROM gone))
            )
            SELECT count(*) FROM gone
            """;

    @Override
    public int forget(Instant before, int limit) {
        return store.inStatement(handle ->
                handle.createQuery(FORGET)
                        .bind("before", before)
                        .bind("limit", limit)
                        .mapTo(Integer.class)
                        .one());
    }
}
