package io.campanile.application.secret;

import io.campanile.application.secret.port.KeptKeys;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import java.security.SecureRandom;
import java.util.Base64;

/// Reads the keys that are made once for the store. Every node makes one at its start, and all go
/// by the one that was first.
public final class LoadKeys {
    private final KeptKeys keys;
    private final SecretSealer sealer;
    private final SecureRandom random;

    public LoadKeys(KeptKeys keys, SecretSealer sealer, SecureRandom random) {
        this.keys = keys;
        this.sealer = sealer;
        this.random = random;
    }

    /// The key for that purpose, of [RootKey#BYTES] bytes. Blocks.
    ///
    /// @throws IllegalArgumentException when nobody here can read it
    public byte[] load(SecretPurpose purpose) {
        byte[] fresh = new byte[RootKey.BYTES];
        random.nextBytes(fresh);
        String offered = Base64.getEncoder().encodeToString(fresh);
        SealedSecret kept = keys.keep(purpose, sealer.seal(purpose, offered));
        return Base64.getDecoder().decode(sealer.open(purpose, kept));
    }
}
