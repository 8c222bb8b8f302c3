package io.campanile.application.content;

import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/// Stored payloads, with their sensitive part put back.
public final class PayloadOpener {
    private final PayloadCodec codec;
    private final SecretSealer sealer;

    public PayloadOpener(PayloadCodec codec, SecretSealer sealer) {
        this.codec = codec;
        this.sealer = sealer;
    }

    /// The whole payload.
    ///
    /// @throws IllegalArgumentException when the bytes are not a payload or cannot be opened
    public Payload open(byte[] payload, @Nullable SealedSecret sensitive) {
        Payload plain = codec.decode(payload);
        if (sensitive == null) {
            return plain;
        }
        return SensitiveData.join(new SensitiveData.Parts(plain, open(sensitive)));
    }

    /// The sensitive part alone.
    ///
    /// @throws IllegalArgumentException when it cannot be opened
    public Payload open(SealedSecret sensitive) {
        String opened = sealer.open(SecretPurpose.MESSAGE, sensitive);
        return codec.decode(opened.getBytes(StandardCharsets.UTF_8));
    }
}
