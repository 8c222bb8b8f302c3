package io.campanile.application.channel.port;

import io.campanile.domain.channel.SealedSecret;

/// Encrypts what must not lie readable in the database. Thread-safe.
public interface SecretSealer {
    /// Encrypts with the current key; the same text gives other bytes each time.
    SealedSecret seal(String plainText);

    /// Decrypts what [#seal] gave, now or in an earlier run.
    ///
    /// @throws IllegalArgumentException when the key is not known any more or the bytes are not
    ///   what was sealed
    String open(SealedSecret sealed);
}
