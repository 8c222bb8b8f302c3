package io.campanile.channels.secret;

import io.campanile.application.channel.port.SecretKeyUnknown;
import io.campanile.application.channel.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets with AES-GCM: a random 96-bit nonce before the ciphertext, the key's id as
/// associated data. Seals with one key and opens with all of them, so that keys can be rotated.
/// Thread-safe.
public final class SecretBox implements SecretSealer {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, byte[]> keys;
    private final String currentKeyId;
    private final SecureRandom random;

    /// A box with its keys by id.
    ///
    /// @param keys 16, 24 or 32 bytes each
    /// @param currentKeyId the one to seal with
    public SecretBox(Map<String, byte[]> keys, String currentKeyId, SecureRandom random) {
        if (!keys.containsKey(currentKeyId)) {
            throw new IllegalArgumentException("no key with the id " + currentKeyId);
        }
        keys.forEach((id, key) -> {
            if (key.length != 16 && key.length != 24 && key.length != 32) {
                throw new IllegalArgumentException(
                        "key " + id + " has " + key.length + " bytes, not 16, 24 or 32");
            }
        });
        this.keys = Map.copyOf(keys);
        this.currentKeyId = currentKeyId;
        this.random = random;
    }

    @Override
    public String currentKeyId() {
        return currentKeyId;
    }

    @Override
    public Set<String> keyIds() {
        return keys.keySet();
    }

    @Override
    public SealedSecret seal(String plainText) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, currentKeyId, nonce);
            byte[] sealed = cipher.doFinal(plainText.getBytes(StandardCharsets.UTF_8));
            byte[] bytes =
                    ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
            return new SealedSecret(currentKeyId, bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal with key " + currentKeyId, e);
        }
    }

    @Override
    public String open(SealedSecret sealed) {
        if (!keys.containsKey(sealed.keyId())) {
            throw new SecretKeyUnknown(sealed.keyId());
        }
        if (sealed.bytes().length < NONCE_BYTES) {
            throw new IllegalArgumentException("too short to be sealed with " + sealed.keyId());
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(sealed.bytes()).get(nonce);
        byte[] ciphertext = new byte[bytes.remaining()];
        bytes.get(ciphertext);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealed.keyId(), nonce);
            return new String(cipher.doFinal(ciphertext), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not what was sealed with key " + sealed.keyId(), e);
        }
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce) throws GeneralSecurityException {
        SecretKey key = new SecretKeySpec(keys.getOrDefault(keyId, new byte[0]), "AES");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(keyId.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
