package io.campanile.domain.eligibility;

import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Whom messages are counted for: a profile, or an identity that points at nobody yet. Says nothing
/// about the identity.
public record PersonKey(UUID value) implements Comparable<PersonKey> {
    private static final long VERSION = 0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x3FFF_FFFF_FFFF_FFFFL;

    public static PersonKey of(ProfileId profile) {
        return new PersonKey(profile.value());
    }

    /// The key of somebody nobody knows: a hash, in the form of a UUID of version 8, which no
    /// profile has.
    ///
    /// @param identity in the form keys are compared in
    public static PersonKey of(WorkspaceId workspace, Identity identity) {
        String text = String.join("\n", workspace.value(), identity.namespace(), identity.value());
        ByteBuffer hash = ByteBuffer.wrap(sha256(text));
        return new PersonKey(
                new UUID(
                        (hash.getLong() & ~VERSION) | VERSION_8,
                        (hash.getLong() & VARIANT) | Long.MIN_VALUE));
    }

    /// Whether it is somebody nobody knows.
    public boolean isStranger() {
        return value.version() == 8;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(PersonKey other) {
        return value.compareTo(other.value);
    }
}
