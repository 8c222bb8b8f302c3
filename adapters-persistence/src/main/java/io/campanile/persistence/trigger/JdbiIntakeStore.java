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

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Intake on PostgreSQL: one statement, whatever the size of the batch, unless there is a broadcast
/// in it or a request id that is taken.
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
        Map<UUID, IntakeResult> results = HashMap.newHashMap(batch.size());
        List<NewExecution> open = batch.stream().sorted(BY_KEY).toList();
        for (int tries = 0; !open.isEmpty(); tries++) {
            if (tries == MOST_LOST_ORIGINALS) {
                throw new StoreUnavailable(
                        "a request id is taken, but its execution is gone",
                        new IllegalStateException(
                                "request ids must be kept no longer than executions"));
            }
            if (tries > 0) {
                forgetOrphans(open);
            }
            results.putAll(tried(node, open));
            open = open.stream().filter(e -> !results.containsKey(e.id().value())).toList();
        }
        return batch.stream().map(execution -> results.get(execution.id().value())).toList();
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

    /// What came of those that were stored, refused, or lost to an original that is still there.
    private Map<UUID, IntakeResult> tried(NodeId node, List<NewExecution> sorted) {
        IntakeRows.Inserted inserted = insert(node, sorted);
        Map<UUID, IntakeResult> results = HashMap.newHashMap(sorted.size());
        inserted.stored().forEach(id -> results.put(id, new IntakeResult.Stored()));
        if (results.size() == sorted.size()) {
            return results;
        }
        // A second statement sees what the first one waited for.
        List<NewExecution> others =
                sorted.stream().filter(e -> !results.containsKey(e.id().value())).toList();
        Map<Key, StoredExecution> originals = originals(others.stream().map(Key::of).toList());
        for (NewExecution other : others) {
            StoredExecution original = originals.get(Key.of(other));
            if (original != null) {
                results.put(other.id().value(), taken(other, original));
            } else if (!inserted.accepts(other)) {
                results.put(other.id().value(), new IntakeResult.CampaignRefuses());
            }
        }
        return results;
    }

    /// An earlier try may have stored part of a batch, and have failed then.
    private static IntakeResult taken(NewExecution execution, StoredExecution by) {
        return by.id().equals(execution.id())
                ? new IntakeResult.Stored()
                : new IntakeResult.RequestIdTaken(by);
    }

    private IntakeRows.Inserted insert(NodeId node, List<NewExecution> sorted) {
        Store.Work<IntakeRows.Inserted> work = handle -> IntakeRows.insert(handle, node, sorted);
        boolean broadcasts = sorted.stream().anyMatch(e -> e.broadcast() != null);
        return broadcasts ? store.inBatch(work) : store.inBatchStatement(work);
    }

    private record Key(UUID campaign, String requestId) {
        static Key of(NewExecution execution) {
            return new Key(execution.campaign().value(), execution.requestId());
        }
    }

    private Map<Key, StoredExecution> originals(List<Key> keys) {
        return store.inStatement(handle ->
                handle.createQuery(FIND_ORIGINALS)
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
                                }));
    }

    @Override
    public Optional<StoredExecution> find(CampaignId campaign, String requestId) {
        Key key = new Key(campaign.value(), requestId);
        return Optional.ofNullable(originals(List.of(key)).get(key));
    }

    @Override
    public int forgetRequestIds(Instant before, int limit) {
        return OldRows.forget(store, "trigger_key", "create_time", before, limit);
    }
}
