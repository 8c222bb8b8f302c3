package io.campanile.server.database;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.campanile.server.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The folder a node keeps its database in, held by one process at a time. What is created in it
/// can be read by its owner only.
final class DataFolder implements AutoCloseable {
    private static final int PASSWORD_BYTES = 32;
    private static final FileAttribute<?> OWNER_ONLY_FOLDER = permissions("rwx------");
    private static final FileAttribute<?> OWNER_ONLY_FILE = permissions("rw-------");

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// Creates the folder if need be and takes it for this process.
    static DataFolder take(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath(), OWNER_ONLY_FOLDER);
        Path root = folder.toRealPath();
        if (Files.getPosixFilePermissions(root).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new EmbeddedDatabaseException(
                    "Everybody may write to the data folder %s: choose another one or take that right away"
                            .formatted(root));
        }
        FileChannel channel = open(root.resolve("server.lock"), Set.of(CREATE, READ, WRITE));
        if (!isLocked(channel)) {
            String holder = holder(channel);
            channel.close();
            throw new EmbeddedDatabaseException(
                    "The data folder %s is in use by another Campanile server%s"
                            .formatted(root, holder));
        }
        channel.truncate(0);
        channel.write(utf8(Long.toString(ProcessHandle.current().pid())), 0);
        return new DataFolder(root, channel);
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    Path createFolder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name), OWNER_ONLY_FOLDER);
    }

    /// The password kept in the file; generated if there is none.
    Secret password(String name) throws IOException {
        Path file = root.resolve(name);
        if (!Files.exists(file)) {
            var bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            Path draft = root.resolve(name + ".new");
            Files.deleteIfExists(draft);
            try (FileChannel channel = open(draft, Set.of(CREATE_NEW, WRITE))) {
                channel.write(utf8(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
                channel.force(true);
            }
            Files.move(draft, file);
        }
        String password = Files.readString(file).strip();
        if (password.isEmpty()) {
            throw new EmbeddedDatabaseException(
                    "%s is empty: put the password of the embedded database back from a backup"
                            .formatted(file));
        }
        return new Secret(password);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    // Best effort: the other one may be just about to write its id.
    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }

    private static FileChannel open(Path file, Set<? extends OpenOption> options)
            throws IOException {
        return FileChannel.open(file, options, OWNER_ONLY_FILE);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String symbolic) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(symbolic));
    }
}
