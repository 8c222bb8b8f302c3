package io.campanile.server.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a PostgreSQL that runs says of itself in its data directory. After a crash the file stays,
/// maybe empty or broken off.
record PostmasterFile(Path path) {
    private static final int STATUS_LINE = 7;

    /// The number of its process, which may be somebody else's by now; empty when there is no file
    /// or none is in it.
    Optional<Long> pid() throws IOException {
        List<String> lines = lines();
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.getFirst().strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Whether it takes connections.
    boolean isReady() throws IOException {
        return status().equals("ready");
    }

    /// Whether it does not yet: after a crash it recovers first.
    boolean isStarting() throws IOException {
        return status().isEmpty() || status().equals("starting");
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private String status() throws IOException {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
    }

    // Whoever writes it may be at it, or about to remove it; Latin-1 takes any byte.
    private List<String> lines() throws IOException {
        return Files.exists(path)
                ? Files.readAllLines(path, StandardCharsets.ISO_8859_1)
                : List.of();
    }
}
