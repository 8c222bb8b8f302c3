package io.campanile.server.node;

import io.campanile.server.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// A file with one secret, readable by its owner only.
record KeyFile(Path file) {
    private static final int RANDOM_BYTES = 32;

    boolean exists() {
        return Files.exists(file);
    }

    Secret read() {
        try {
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " is empty: restore it from a backup", e);
        }
    }

    /// Writes the secret durably; never shown elsewhere.
    Secret write(String secret) {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(
                    file.toAbsolutePath().getParent(),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Files.deleteIfExists(draft);
            try (FileChannel channel =
                    FileChannel.open(
                            draft,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            ownerOnly)) {
                channel.write(ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(draft, file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
        return new Secret(secret);
    }

    /// 256 random bits.
    static byte[] randomBytes() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /// An API key of 256 random bits.
    static String newApiKey() {
        return "cmp_" + Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
    }
}
