package io.campanile.application.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// A key that encrypts and hashes nothing itself: for each purpose another is derived from it
/// (HKDF, RFC 5869, with SHA-256), and none of those tells anything about another. Thread-safe.
public final class RootKey {
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HKDF-SHA256";

    /// In front of all purposes, so that nothing else that derives from the same key gets the same.
    private static final String PREFIX = "campanile ";

    private final byte[] key;

    /// A key of [#BYTES] random bytes.
    ///
    /// @throws IllegalArgumentException when they are more or fewer
    public RootKey(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a key of %d bytes".formatted(key.length));
        }
        this.key = key.clone();
    }

    /// The key for one purpose.
    public SealingKey sealingKey(String purpose, SecureRandom random) {
        try {
            return new SealingKey(
                    KDF.getInstance(ALGORITHM).deriveKey(SealingKey.ALGORITHM, spec(purpose)),
                    random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// The key of a [KeyedHash] for one purpose.
    SecretKey hashKey(String purpose) {
        try {
            return KDF.getInstance(ALGORITHM).deriveKey(KeyedHash.ALGORITHM, spec(purpose));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// What tells this key from others, and nothing about it: 64 hexadecimal digits.
    public String proof() {
        try {
            byte[] proof = KDF.getInstance(ALGORITHM).deriveData(spec("key proof"));
            return HexFormat.of().formatHex(proof);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private HKDFParameterSpec spec(String purpose) {
        byte[] info = (PREFIX + purpose).getBytes(StandardCharsets.UTF_8);
        return HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, BYTES);
    }
}
