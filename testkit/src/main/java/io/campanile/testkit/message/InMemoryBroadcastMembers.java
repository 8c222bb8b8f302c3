package io.campanile.testkit.message;

import io.campanile.application.broadcast.port.BroadcastMembers;
import io.campanile.domain.broadcast.MessageToOne;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Members of broadcasts in memory.
final class InMemoryBroadcastMembers implements BroadcastMembers {
    private final InMemoryStore store;

    InMemoryBroadcastMembers(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Set<ExecutionId> unite(Profile gone, Profile staying, Instant now) {
        synchronized (store) {
            store.requireThere();
            return store.broadcasts.keySet().stream()
                    .filter(id -> store.workspace(store.execution(id)).equals(staying.workspace()))
                    .filter(execution -> unite(execution, gone, staying, now))
                    .collect(Collectors.toSet());
        }
    }

    /// Says whether a message of the one who goes was waiting.
    private boolean unite(ExecutionId execution, Profile gone, Profile staying, Instant now) {
        List<MessageToOne> messages =
                store.messages.values().stream()
                        .filter(row -> row.execution.id().equals(execution))
                        .filter(row -> names(gone, row) || names(staying, row))
                        .map(row ->
                                new MessageToOne(
                                        row.message.id(), row.state.kind(), names(staying, row)))
                        .toList();
        for (MessageToOne surplus : MessageToOne.surplus(messages)) {
            MessageRow row = Optional.ofNullable(store.messages.get(surplus.id())).orElseThrow();
            row.settle(MessageToOne.excluded(now), now);
            row.writtenInstead = staying.id();
            row.decision = null;
        }
        return messages.stream().anyMatch(each -> !each.staying() && each.isWaiting());
    }

    private static boolean names(Profile person, MessageRow row) {
        return person.identities().contains(row.message.identity());
    }

    /// Members are known by their identities here, which stay with whoever has them.
    @Override
    public void move(ProfileId from, ProfileId to, Set<ExecutionId> waiting) {
        store.requireThere();
    }

    /// Who is gone takes up no address here.
    @Override
    public void leave(ProfileId gone) {
        store.requireThere();
    }
}
