package io.campanile.application.suppression.port;

import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BouncedAddress;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/// How often mail to addresses came to a soft bounce. Thread-safe; joins the running transaction,
/// if any; throws [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface BounceCounts {
    /// What is counted of these addresses; nobody else changes that until the end of the running
    /// transaction. Addresses of which nothing is counted are absent.
    Map<BouncedAddress, BounceCount> lock(Collection<BouncedAddress> addresses);

    /// Writes counts over those there are.
    void put(Map<BouncedAddress, BounceCount> counts);

    /// Counts from the beginning for these addresses.
    void reset(Collection<BouncedAddress> addresses);

    /// Forgets at most `limit` counts whose last bounce was before then.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int limit);
}
