package io.campanile.application.content;

import io.campanile.application.channel.port.SecretSealer;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
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
        return codec.decode(sealer.open(sensitive).getBytes(StandardCharsets.UTF_8));
    }
}
