package io.campanile.application.profile.port;

import io.campanile.domain.eligibility.PersonKey;

import java.util.Map;

/// What frequency caps count for people whom nobody knows. Thread-safe; joins the running
/// transaction, if any; throws [io.campanile.application.store.StoreUnavailable] when the database
/// is away.
public interface StrangerReservations {
    /// Makes what counts for strangers count for the persons whom their identities begin to point
    /// at in this transaction. It has locked the identities, so nobody decides about these
    /// strangers meanwhile. To be called last, once, and by whoever has locked no person.
    ///
    /// @param known persons by the strangers they turned out to be
    void follow(Map<PersonKey, PersonKey> known);
}
