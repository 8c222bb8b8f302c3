package io.campanile.application.secret.port;

import io.campanile.domain.channel.SealedSecret;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// All that is kept encrypted, and proofs of the keys it is encrypted with. Thread-safe; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface SealedSecrets {
    /// All keys there are, after adding this one where there is none at all. Of many who come at
    /// once, one is the first.
    List<KeyProof> keys(KeyProof first);

    /// Adds a key, unless there is one of that name.
    void addKey(KeyProof key);

    /// Removes the key of that name.
    void forgetKey(String keyId);

    /// At most `limit` secrets for the purpose that this key sealed, in the order of their ids.
    ///
    /// @param after those with greater ids only, compared as unsigned numbers
    List<KeptSecret> sealedWith(String keyId, SecretPurpose purpose, UUID after, int limit);

    /// Puts others in the place of secrets that are still as they were, and changes nothing else
    /// about what keeps them.
    ///
    /// @return of how many
    int replace(Map<KeptSecret, SealedSecret> anew);
}
