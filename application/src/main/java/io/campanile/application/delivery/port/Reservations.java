package io.campanile.application.delivery.port;

import io.campanile.application.profile.port.StrangerReservations;
import io.campanile.domain.eligibility.PersonKey;

import java.time.Instant;
import java.util.Collection;

/// The messages that frequency caps count. Thread-safe; joins the running transaction, if any;
/// throws [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Reservations extends StrangerReservations {
    /// Waits until nobody else decides about these persons, and keeps others waiting until the end
    /// of the running transaction. To be called once in a transaction, before it locks anything
    /// else that deliveries lock.
    void lock(Collection<PersonKey> persons);

    /// Reserves for messages that this transaction has marked. A message counts once under each
    /// rule set, however often it is marked; what an earlier claim reserved can never be given back
    /// any more.
    void reserve(Collection<NewReservation> reservations);

    /// Gives back what was reserved under these claims: nothing was sent.
    void giveBack(Collection<Claim> claims);

    /// Keeps what was reserved for the messages of these claims, whatever follows: something may
    /// have been sent.
    void keep(Collection<Claim> claims);

    /// Makes what counts for one person count for another; both were locked.
    void move(PersonKey from, PersonKey to);

    /// Forgets what was reserved for these persons before then, whether or not somebody decides
    /// about them.
    void forget(Collection<PersonKey> persons, Instant before);

    /// Forgets at most `limit` reservations made before then.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int limit);
}
