package io.campanile.application.consent;

import io.campanile.application.secret.SealingKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Tokens of one kind, which hold texts, sealed, so that nobody can read or forge them: the number
/// of the key, and what it sealed. They never expire, and need nothing of the database but the key,
/// which is in memory. Thread-safe.
final class SealedTokens {
    /// In no text: names and identities have no control characters.
    private static final String SEPARATOR = "\n";

    private final byte[] keyNumber;
    private final SealingKey key;
    private final int texts;

    /// @param texts how many each holds
    SealedTokens(byte keyNumber, SealingKey key, int texts) {
        this.keyNumber = new byte[] {keyNumber};
        this.key = key;
        this.texts = texts;
    }

    /// A token that can stand in a URL.
    String seal(String... held) {
        byte[] plain = String.join(SEPARATOR, held).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = key.seal(plain, keyNumber);
        ByteBuffer token =
                ByteBuffer.allocate(keyNumber.length + sealed.length).put(keyNumber).put(sealed);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /// What a token holds, or nothing when it was not made here.
    Optional<List<String>> open(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length == 0 || bytes[0] != keyNumber[0]) {
                return Optional.empty();
            }
            byte[] sealed = Arrays.copyOfRange(bytes, keyNumber.length, bytes.length);
            return texts(new String(key.open(sealed, keyNumber), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            // Not base64, too short, or sealed by nobody here: whoever made it up learns no more.
            return Optional.empty();
        }
    }

    private Optional<List<String>> texts(String opened) {
        List<String> parts = List.of(opened.split(SEPARATOR, -1));
        return parts.size() == texts ? Optional.of(parts) : Optional.empty();
    }
}
