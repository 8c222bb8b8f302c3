package io.campanile.server.command;

import java.util.regex.Pattern;

/// What went wrong, as one sentence for whoever typed the command; the rest is for the log.
final class Sentence {
    private static final Pattern CLASS_NAME =
            Pattern.compile("(?:[a-z_]\\w*\\.)+[A-Z][\\w$]*(?:Exception|Error)(?:: |$)");

    private static final String FALLBACK =
            "Something failed inside Campanile; with CAMPANILE_LOG_LEVEL=debug the log says where";

    private Sentence() {}

    /// The first line of what was said, without names of classes; never empty.
    static String of(Throwable problem) {
        String message = problem.getMessage() == null ? "" : problem.getMessage();
        return CLASS_NAME
                .matcher(message)
                .replaceAll("")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(FALLBACK);
    }
}
