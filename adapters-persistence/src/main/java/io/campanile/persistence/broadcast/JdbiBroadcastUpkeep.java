package io.campanile.persistence.broadcast;

import io.campanile.application.broadcast.port.BroadcastUpkeep;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.ExecutionId;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.SettledCounts;

import java.time.Instant;
import java.util.Optional;

/// Upkeep of broadcasts on PostgreSQL.
public final class JdbiBroadcastUpkeep implements BroadcastUpkeep {
    private final Store store;

    public JdbiBroadcastUpkeep(Store store) {
        this.store = store;
    }

    /// One after the other; who works on one adds up as well, or forgets it.
    @Override
    public void addUp(int rows) {
        store.inStatement(handle -> SettledCounts.scattered(handle, rows)).forEach(this::addUp);
    }

    private void addUp(ExecutionId execution) {
        store.inTransaction(handle -> {
            Optional<CampaignId> locked = BroadcastLocks.tryLock(handle, execution);
            locked.ifPresent(_ -> SettledCounts.fold(handle, execution));
            return locked;
        });
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
                WHERE b.create_time < :before AND b.expire_time < :expiredBefore
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
    public int forget(Instant before, Instant expiredBefore, int limit) {
        return store.inStatement(handle ->
                handle.createQuery(FORGET)
                        .bind("before", before)
                        .bind("expiredBefore", expiredBefore)
                        .bind("limit", limit)
                        .mapTo(Integer.class)
                        .one());
    }
}
