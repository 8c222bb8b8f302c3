package io.campanile.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/// What the embedded PostgreSQL says, in a file that goes on from one start to the next.
record PostgresLog(Path file) {
    private static final long LONG_BYTES = 1 << 20;

    /// More than one start says that fails.
    private static final int MOST_LINES = 20;

    private static final Pattern FATAL = Pattern.compile("\\b(FATAL|PANIC): ");

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

    /// Why the server ended: the last line that says so, before which it may only say that it did.
    String complaint() throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> latest = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
        return latest.reversed().stream()
                .filter(line -> FATAL.matcher(line).find())
                .findFirst()
                .orElseGet(() -> latest.isEmpty() ? "it said nothing" : latest.getLast());
    }
}
