package io.campanile.persistence.broadcast;

import io.campanile.application.broadcast.port.BroadcastMembers;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.persistence.Store;

import java.time.Instant;
import java.util.Set;

/// Members of broadcasts on PostgreSQL.
public final class JdbiBroadcastMembers implements BroadcastMembers {
    private final Store store;

    public JdbiBroadcastMembers(Store store) {
        this.store = store;
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
}
