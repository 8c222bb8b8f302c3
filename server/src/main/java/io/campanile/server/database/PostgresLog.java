package io.campanile.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// What the embedded PostgreSQL says, in a file that goes on from one start to the next.
record PostgresLog(Path file) {
    private static final long LONG_BYTES = 1 << 20;

    /// Begins anew where it has become long. The former one stays: it may say why the last run
    /// ended.
    void keepShort() throws IOException {
        if (Files.exists(file) && Files.size(file) > LONG_BYTES) {
            Files.move(file, former(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path former() {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    String lastLine() throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }
}
