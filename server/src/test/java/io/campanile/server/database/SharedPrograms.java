package io.campanile.server.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/// PostgreSQL's programs, unpacked once for all processes that tests start: that takes seconds of
/// processor.
public final class SharedPrograms {
    private SharedPrograms() {}

    /// Gives the data folder the programs, unless it has some.
    ///
    /// @param target where the build leaves what it makes
    public static void linkInto(Path dataFolder, Path target) throws IOException {
        Path programs = dataFolder.resolve("programs");
        if (Files.exists(programs)) {
            return;
        }
        Path shared = unpacked(target);
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(programs, ownerOnly);
        Files.createSymbolicLink(programs.resolve(shared.getFileName()), shared);
    }

    /// Several JVMs test at once.
    private static synchronized Path unpacked(Path target) throws IOException {
        Path folder = Files.createDirectories(target.resolve("test-programs").toAbsolutePath());
        try (var lock =
                        FileChannel.open(
                                target.resolve("test-programs.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = lock.lock()) {
            var _ = PostgresBinaries.unpackedIn(folder);
        }
        try (Stream<Path> only = Files.list(folder)) {
            return only.findFirst().orElseThrow();
        }
    }
}
