package io.campanile.application.secret.port;

import io.campanile.domain.channel.SealedSecret;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// All that is kept encrypted, and the keys it is encrypted with: of each key a text that was
/// sealed with it, so that another key of the same name is found out. Thread-safe; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface SealedSecrets {
    /// All keys there are, after adding this one where there is none at all. Of many who come at
    /// once, one is the first.
    List<SealedSecret> keys(SealedSecret first);

    /// Adds a key, unless there is one of that name.
    void addKey(SealedSecret key);

    /// Removes the key of that name.
    void forgetKey(String keyId);

    /// At most `limit` secrets of the kind that this key sealed, in the order of their ids.
    ///
    /// @param after those with greater ids only, compared as unsigned numbers
    List<KeptSecret> sealedWith(String keyId, KeptSecret.Kind kind, UUID after, int limit);

    /// Puts others in the place of secrets that are still as they were, and changes nothing else
    /// about what keeps them.
    ///
    /// @return of how many
    int replace(Map<KeptSecret, SealedSecret> anew);
}
