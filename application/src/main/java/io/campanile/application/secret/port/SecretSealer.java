package io.campanile.application.secret.port;

import io.campanile.domain.channel.SealedSecret;

import java.util.Set;

/// Encrypts what must not lie readable in the database. Thread-safe.
public interface SecretSealer {
    /// The key that [#seal] uses.
    String currentKeyId();

    /// All keys that [#open] knows, the current one among them.
    Set<String> keyIds();

    /// What tells the key of that id from another of the same id.
    ///
    /// @throws SecretKeyUnknown when there is none
    KeyProof proof(String keyId);

    /// Encrypts with the current key; the same text gives other bytes each time.
    SealedSecret seal(SecretPurpose purpose, String plainText);

    /// Decrypts what [#seal] gave, now or in an earlier run.
    ///
    /// @throws SecretKeyUnknown when the key is not known any more
    /// @throws IllegalArgumentException when the bytes are not what was sealed for this purpose
    String open(SecretPurpose purpose, SealedSecret sealed);
}
