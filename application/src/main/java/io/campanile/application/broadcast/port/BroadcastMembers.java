package io.campanile.application.broadcast.port;

import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;

import java.time.Instant;
import java.util.Set;

/// Members of broadcasts who are merged or erased, with their messages and with the places where
/// they have none yet. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface BroadcastMembers {
    /// Leaves two people who become one person with one message of each broadcast: a waiting
    /// message is excluded where the other person, too, has a message that waits, is in hand-over
    /// or was sent. To be called when nothing else of the two is locked than their profiles and
    /// reservations, as deliveries lock. Messages that are written between this call and [#move]
    /// are not seen.
    ///
    /// @return the broadcasts in which a message of the one who goes was waiting
    Set<ExecutionId> unite(Profile gone, Profile staying, Instant now);

    /// Gives one member's places in broadcasts to another, but where both have one: who has a
    /// message as either gets no second one. Whoever was to get nothing because of the mail of the
    /// one who goes does not lose it where that mail goes to the address of the other now.
    ///
    /// @param waiting the broadcasts in which a message of the one who goes was waiting
    void move(ProfileId from, ProfileId to, Set<ExecutionId> waiting);

    /// Lets another member be written to in place of one who is gone and was to get the only
    /// message at an address.
    void leave(ProfileId gone);
}
