package io.campanile.server.database;

import org.jspecify.annotations.Nullable;

/// Why the embedded database cannot run, in words for whoever started the server.
public final class EmbeddedDatabaseException extends RuntimeException {

    EmbeddedDatabaseException(String message) {
        this(message, null);
    }

    EmbeddedDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
