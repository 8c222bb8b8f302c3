package io.campanile.testkit.database;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/// Data folders as `initdb` leaves them. It takes seconds, so it runs once in a JVM, and every
/// server gets a copy.
final class DataFolders {
    private static @Nullable Path initialized;

    private DataFolders() {}

    /// A new folder, ready to be started on; whoever asks deletes it.
    static Path fresh() throws IOException {
        Path from = initialized();
        Path to = Files.createTempDirectory("campanile-postgres");
        try (var files = Files.walk(from)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    private static synchronized Path initialized() throws IOException {
        if (initialized == null) {
            Path folder = Files.createTempDirectory("campanile-postgres");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            EmbeddedServers.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .start()
                    .close();
            initialized = folder;
        }
        return initialized;
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + folder, e);
        }
    }
}
