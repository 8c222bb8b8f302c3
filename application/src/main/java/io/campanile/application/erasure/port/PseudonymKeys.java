package io.campanile.application.erasure.port;

import io.campanile.domain.channel.SealedSecret;

/// The key that pseudonyms are made with: one for the whole store, for ever. Thread-safe; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface PseudonymKeys {
    /// The key there is; the first one that is offered becomes it.
    SealedSecret keep(SealedSecret offered);
}
