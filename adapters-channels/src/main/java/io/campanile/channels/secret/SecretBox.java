package io.campanile.channels.secret;

import io.campanile.application.secret.RootKey;
import io.campanile.application.secret.SealingKey;
import io.campanile.application.secret.port.KeyProof;
import io.campanile.application.secret.port.SecretKeyUnknown;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Seals secrets with AES-GCM, for each purpose with a key of its own that is derived from the
/// secret key, and with the key's id as associated data. Seals with one secret key and opens with
/// all of them, so that they can be rotated. Thread-safe.
public final class SecretBox implements SecretSealer {
    private final Map<String, Keys> keys = new HashMap<>();
    private final String currentKeyId;

    /// What was made of one secret key.
    private record Keys(KeyProof proof, Map<SecretPurpose, SealingKey> byPurpose) {
        static Keys of(String id, byte[] key, SecureRandom random) {
            var root = new RootKey(key);
            var byPurpose = new EnumMap<SecretPurpose, SealingKey>(SecretPurpose.class);
            for (SecretPurpose purpose : SecretPurpose.values()) {
                byPurpose.put(purpose, root.sealingKey(purpose.name(), random));
            }
            return new Keys(new KeyProof(id, root.proof()), byPurpose);
        }

        SealingKey of(SecretPurpose purpose) {
            return Objects.requireNonNull(byPurpose.get(purpose));
        }
    }

    /// A box with its keys by id.
    ///
    /// @param secretKeys 32 bytes each
    /// @param currentKeyId the one to seal with
    public SecretBox(Map<String, byte[]> secretKeys, String currentKeyId, SecureRandom random) {
        if (!secretKeys.containsKey(currentKeyId)) {
            throw new IllegalArgumentException("no key with the id " + currentKeyId);
        }
        secretKeys.forEach((id, key) -> keys.put(id, Keys.of(id, key, random)));
        this.currentKeyId = currentKeyId;
    }

    @Override
    public String currentKeyId() {
        return currentKeyId;
    }

    @Override
    public Set<String> keyIds() {
        return Set.copyOf(keys.keySet());
    }

    @Override
    public KeyProof proof(String keyId) {
        return keys(keyId).proof();
    }

    @Override
    public SealedSecret seal(SecretPurpose purpose, String plainText) {
        byte[] plain = plainText.getBytes(StandardCharsets.UTF_8);
        SealingKey key = keys(currentKeyId).of(purpose);
        return new SealedSecret(currentKeyId, key.seal(plain, context(currentKeyId)));
    }

    @Override
    public String open(SecretPurpose purpose, SealedSecret sealed) {
        SealingKey key = keys(sealed.keyId()).of(purpose);
        try {
            byte[] plain = key.open(sealed.bytes(), context(sealed.keyId()));
            return new String(plain, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "what is kept as %s is not what was sealed as that with the key %s"
                            .formatted(purpose, sealed.keyId()),
                    e);
        }
    }

    private Keys keys(String keyId) {
        Keys known = keys.get(keyId);
        if (known == null) {
            throw new SecretKeyUnknown(keyId);
        }
        return known;
    }

    private static byte[] context(String keyId) {
        return keyId.getBytes(StandardCharsets.UTF_8);
    }
}
