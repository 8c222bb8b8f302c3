package io.campanile.testkit.message;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.BatchPoisoned;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Intake in memory; refuses NUL characters as PostgreSQL does.
final class InMemoryIntakeStore implements IntakeStore {
    private final InMemoryStore store;

    InMemoryIntakeStore(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public List<IntakeResult> store(NodeId node, List<NewExecution> batch) {
        synchronized (store) {
            store.requireThere();
            if (batch.stream().anyMatch(InMemoryIntakeStore::isPoisoned)) {
                throw new BatchPoisoned("a NUL character", new IllegalArgumentException("NUL"));
            }
            return batch.stream().map(execution -> store(node, execution)).toList();
        }
    }

    private static boolean isPoisoned(NewExecution execution) {
        return execution.requestId().indexOf('\0') >= 0
                || execution.metadata().toString().indexOf('\0') >= 0
                || execution.messages().stream()
                        .anyMatch(message -> message.identity().value().indexOf('\0') >= 0);
    }

    private IntakeResult store(NodeId node, NewExecution execution) {
        var key = new InMemoryStore.Key(execution.campaign(), execution.requestId());
        NewExecution original = store.keys.get(key);
        if (original != null) {
            return original.id().equals(execution.id())
                    ? new IntakeResult.Stored()
                    : new IntakeResult.RequestIdTaken(stored(original));
        }
        CampaignControl control = store.controls.get(execution.campaign());
        if (control == null || !control.accepts(execution.revision())) {
            return new IntakeResult.CampaignRefuses();
        }
        store.keys.put(key, execution);
        store.executions.put(execution.id(), execution);
        if (execution.broadcast() != null) {
            store.broadcasts.put(execution.id(), new BroadcastRow(execution.broadcast()));
            store.auditEntries().add(execution.broadcast().started());
        }
        execution
                .messages()
                .forEach(message ->
                        store.messages.put(
                                message.id(), new MessageRow(execution, message, node.value())));
        return new IntakeResult.Stored();
    }

    private static StoredExecution stored(NewExecution execution) {
        return new StoredExecution(
                execution.id(), execution.digest(), execution.createTime(), execution.results());
    }

    @Override
    public Optional<StoredExecution> find(CampaignId campaign, String requestId) {
        synchronized (store) {
            store.requireThere();
            return Optional.ofNullable(store.keys.get(new InMemoryStore.Key(campaign, requestId)))
                    .map(InMemoryIntakeStore::stored);
        }
    }

    @Override
    public int forgetRequestIds(Instant before, int limit) {
        synchronized (store) {
            store.requireThere();
            List<InMemoryStore.Key> old =
                    store.keys.entrySet().stream()
                            .filter(entry -> entry.getValue().createTime().isBefore(before))
                            .map(Map.Entry::getKey)
                            .limit(limit)
                            .toList();
            old.forEach(store.keys::remove);
            return old.size();
        }
    }
}
