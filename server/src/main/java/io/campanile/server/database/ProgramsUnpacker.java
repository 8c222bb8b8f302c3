package io.campanile.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Unpacks PostgreSQL's programs while Campanile is packaged, so that no start takes the time, and
/// no class that unpacks gets into the AOT cache: the package of xz is sealed, which linked classes
/// of such a cache do not go with.
final class ProgramsUnpacker {
    private ProgramsUnpacker() {}

    /// Unpacks them into a folder of the folder named. Where there are none for the machine, it
    /// says so, and nothing is lost: only a database of one's own needs them.
    public static void main(String[] arguments) throws IOException {
        try {
            var _ = PostgresBinaries.unpackedIn(Files.createDirectories(Path.of(arguments[0])));
        } catch (EmbeddedDatabaseException e) {
            System.err.println(e.getMessage());
        }
    }
}
