package io.campanile.persistence.trigger;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.persistence.OldRows;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.ControlGate;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Intake on PostgreSQL: two statements and a commit, whatever the size of the batch.
public final class JdbiIntakeStore implements IntakeStore {
    /// Opposite orders deadlock, so keys are inserted in one order everywhere.
    private static final Comparator<NewExecution> BY_KEY =
            Comparator.comparing(NewExecution::campaign).thenComparing(NewExecution::requestId);

    private static final String FIND_ORIGINALS =
            """
            SELECT k.campaign_id, k.request_id, k.digest, k.execution_id, k.create_time, e.message_ids, e.rejections
            FROM unnest(:campaigns, :requestIds) AS a (campaign_id, request_id)
            CROSS JOIN LATERAL (
              SELECT t.campaign_id, t.request_id, t.digest, t.execution_id, t.create_time
              FROM trigger_key t
              WHERE t.campaign_id = a.campaign_id AND t.request_id = a.request_id
              OFFSET 0
            ) AS k
            CROSS JOIN LATERAL (
              SELECT t.message_ids, t.rejections
              FROM execution t
              WHERE t.execution_id = k.execution_id
              OFFSET 0
            ) AS e
            """;

    // A node may die while it forgets the last ids that point into a day which another drops.
    private static final String FORGET_ORPHANS =
            """
            DELETE FROM trigger_key k
            USING unnest(:campaigns, :requestIds) AS a (campaign_id, request_id)
            WHERE k.campaign_id = a.campaign_id AND k.request_id = a.request_id
              AND NOT EXISTS (SELECT FROM execution e WHERE e.execution_id = k.execution_id)
            """;

    /// How often a batch may lose to a request id that is forgotten at the same moment.
    private static final int MOST_LOST_ORIGINALS = 3;

    private final Store store;

    public JdbiIntakeStore(Store store) {
        this.store = store;
    }

    @Override
    public List<IntakeResult> store(NodeId node, List<NewExecution> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        List<NewExecution> sorted = batch.stream().sorted(BY_KEY).toList();
        for (int tries = 0; tries < MOST_LOST_ORIGINALS; tries++) {
            Optional<Map<UUID, IntakeResult>> results =
                    store.inBatch(handle -> storeSorted(handle, node, sorted));
            if (results.isPresent()) {
                return batch.stream()
                        .map(execution -> results.get().get(execution.id().value()))
                        .toList();
            }
            forgetOrphans(sorted);
        }
        throw new StoreUnavailable(
                "a request id is taken, but its execution is gone",
                new IllegalStateException("request ids must be kept no longer than executions"));
    }

    /// Request ids whose execution was dropped with its day are free again; the rest of the batch
    /// must not wait for them.
    private void forgetOrphans(List<NewExecution> sorted) {
        List<Key> keys = sorted.stream().map(Key::of).toList();
        store.inStatement(handle ->
                handle.createUpdate(FORGET_ORPHANS)
                        .bind("campaigns", SqlArrays.uuids(keys, Key::campaign))
                        .bind("requestIds", SqlArrays.texts(keys, Key::requestId))
                        .execute());
    }

    /// @return empty when an original vanished between two statements; nothing was stored
    private static Optional<Map<UUID, IntakeResult>> storeSorted(
            Handle handle, NodeId node, List<NewExecution> sorted) {
        Set<CampaignId> accepting = ControlGate.lockAccepting(handle, campaigns(sorted));
        List<NewExecution> admitted =
                sorted.stream().filter(e -> accepting.contains(e.campaign())).toList();
        Set<UUID> stored =
                admitted.isEmpty() ? Set.of() : IntakeRows.insert(handle, node, admitted);

        Map<UUID, IntakeResult> results = HashMap.newHashMap(sorted.size());
        stored.forEach(id -> results.put(id, new IntakeResult.Stored()));
        if (stored.size() == sorted.size()) {
            return Optional.of(results);
        }
        // A second statement sees what the first one waited for.
        List<NewExecution> losers =
                sorted.stream().filter(e -> !stored.contains(e.id().value())).toList();
        Map<Key, StoredExecution> originals =
                findOriginals(handle, losers.stream().map(Key::of).toList());
        for (NewExecution loser : losers) {
            StoredExecution original = originals.get(Key.of(loser));
            if (original != null) {
                results.put(loser.id().value(), new IntakeResult.RequestIdTaken(original));
            } else if (!accepting.contains(loser.campaign())) {
                results.put(loser.id().value(), new IntakeResult.CampaignRefuses());
            } else {
                handle.rollback();
                return Optional.empty();
            }
        }
        return Optional.of(results);
    }

    private static List<CampaignId> campaigns(List<NewExecution> sorted) {
        return sorted.stream().map(NewExecution::campaign).distinct().toList();
    }

    private record Key(UUID campaign, String requestId) {
        static Key of(NewExecution execution) {
            return new Key(execution.campaign().value(), execution.requestId());
        }
    }

    private static Map<Key, StoredExecution> findOriginals(Handle handle, List<Key> keys) {
        return handle.createQuery(FIND_ORIGINALS)
                .bind("campaigns", SqlArrays.uuids(keys, Key::campaign))
                .bind("requestIds", SqlArrays.texts(keys, Key::requestId))
                .reduceRows(
                        new HashMap<>(),
                        (found, row) -> {
                            found.put(
                                    new Key(
                                            row.getColumn("campaign_id", UUID.class),
                                            row.getColumn("request_id", String.class)),
                                    StoredAnswer.read(row));
                            return found;
                        });
    }

    @Override
    public Optional<StoredExecution> find(CampaignId campaign, String requestId) {
        Key key = new Key(campaign.value(), requestId);
        return Optional.ofNullable(
                store.inStatement(handle -> findOriginals(handle, List.of(key))).get(key));
    }

    @Override
    public int forgetRequestIds(Instant before, int limit) {
        return OldRows.forget(store, "trigger_key", "create_time", before, limit);
    }
}
