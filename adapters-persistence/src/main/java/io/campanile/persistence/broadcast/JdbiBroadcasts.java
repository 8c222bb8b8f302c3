package io.campanile.persistence.broadcast;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.broadcast.port.LockedBroadcast;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.ExecutionId;
import io.campanile.persistence.Store;
import io.campanile.persistence.broadcast.BroadcastLocks.Locked;
import io.campanile.persistence.delivery.ControlGate;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Broadcasts on PostgreSQL.
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

    @Override
    public Optional<LockedBroadcast> lock(ExecutionId execution) {
        return store.inTransaction(handle ->
                BroadcastLocks.tryLock(handle, execution)
                        .map(campaign -> locked(handle, execution, campaign)));
    }

    private static LockedBroadcast locked(
            Handle handle, ExecutionId execution, CampaignId campaign) {
        CampaignControl control = ControlGate.share(handle, campaign);
        Locked row = BroadcastLocks.read(handle, execution);
        return new LockedBroadcast(
                row.broadcast(),
                row.name(),
                control,
                BroadcastLocks.countOpen(handle, execution),
                row.time());
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
}
