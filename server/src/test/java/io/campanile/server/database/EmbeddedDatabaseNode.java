package io.campanile.server.database;

import java.io.IOException;
import java.nio.file.Path;

/// A process to be killed: runs the embedded database of the folder given and says where.
final class EmbeddedDatabaseNode {
    private EmbeddedDatabaseNode() {}

    /// Starts such a process.
    static Process launch(Path folder) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedDatabaseNode.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void main(String[] arguments) throws IOException {
        try (var database = EmbeddedDatabase.start(Path.of(arguments[0]), 16)) {
            IO.println(database.jdbcUrl());
            // Until the test ends, however it ends.
            System.in.transferTo(System.out);
        }
    }
}
