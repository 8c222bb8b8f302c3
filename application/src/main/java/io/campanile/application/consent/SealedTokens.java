package io.campanile.application.consent;

import io.campanile.application.channel.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Tokens of one kind, which hold texts, sealed, so that nobody can read or forge them. They never
/// expire and need nothing that is stored; old keys open what they sealed. Thread-safe.
final class SealedTokens {
    /// In no text: names and identities have no control characters.
    private static final String SEPARATOR = "\n";

    private final SecretSealer sealer;
    private final String kind;
    private final int texts;

    /// @param kind tells them from whatever else is sealed
    /// @param texts how many each holds
    SealedTokens(SecretSealer sealer, String kind, int texts) {
        this.sealer = sealer;
        this.kind = kind;
        this.texts = texts;
    }

    /// A token that can stand in a URL.
    String seal(String... held) {
        SealedSecret sealed = sealer.seal(kind + SEPARATOR + String.join(SEPARATOR, held));
        byte[] keyId = sealed.keyId().getBytes(StandardCharsets.UTF_8);
        ByteBuffer token =
                ByteBuffer.allocate(1 + keyId.length + sealed.bytes().length)
                        .put((byte) keyId.length)
                        .put(keyId)
                        .put(sealed.bytes());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /// What a token holds, or nothing when it was not made here or its key is gone.
    Optional<List<String>> open(String token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            byte[] keyId = new byte[Byte.toUnsignedInt(bytes.get())];
            bytes.get(keyId);
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            String keyName = new String(keyId, StandardCharsets.UTF_8);
            return texts(sealer.open(new SealedSecret(keyName, sealed)));
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            // Not base64, too short, or sealed by nobody here: whoever made it up learns no more.
            return Optional.empty();
        }
    }

    private Optional<List<String>> texts(String opened) {
        List<String> parts = List.of(opened.split(SEPARATOR, -1));
        return parts.size() == texts + 1 && parts.getFirst().equals(kind)
                ? Optional.of(parts.subList(1, parts.size()))
                : Optional.empty();
    }
}
