package io.campanile.application.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Seals with AES-GCM (NIST SP 800-38D): a random 96-bit nonce, then the ciphertext with a tag of
/// 128 bits, 28 bytes more than what is sealed. Thread-safe.
public final class SealingKey {
    static final String ALGORITHM = "AES";

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random;

    SealingKey(SecretKey key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    /// Encrypts; the same bytes give others each time.
    ///
    /// @param context what must be the same when it is opened, and is not in the answer
    public byte[] seal(byte[] plain, byte[] context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /// Decrypts what [#seal] gave.
    ///
    /// @throws IllegalArgumentException when it was not sealed with this key in this context
    public byte[] open(byte[] sealed, byte[] context) {
        if (sealed.length < NONCE_BYTES) {
            throw new IllegalArgumentException("too short to be sealed");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(sealed).get(nonce);
        byte[] ciphertext = new byte[bytes.remaining()];
        bytes.get(ciphertext);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(ciphertext);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not sealed with this key", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }
}
