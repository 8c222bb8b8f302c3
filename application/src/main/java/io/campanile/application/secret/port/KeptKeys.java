package io.campanile.application.secret.port;

import io.campanile.domain.channel.SealedSecret;

/// Keys that are made once for the whole store and stay as they are, whatever secret key seals
/// them. Thread-safe; throws [io.campanile.application.store.StoreUnavailable] when the database is
/// away.
public interface KeptKeys {
    /// The key there is; the first one that is offered becomes it.
    ///
    /// @throws IllegalArgumentException when the purpose is not that of a key
    SealedSecret keep(SecretPurpose purpose, SealedSecret offered);
}
