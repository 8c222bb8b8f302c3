package io.campanile.server.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// How long PostgreSQL is waited for. Neither ends a recovery: one that takes longer than the start
/// may is waited for as long as it lives.
///
/// @param start after so long a start says that it still waits, again and again
/// @param stop after so long a stop is given up; it writes down what is only in memory
/// @param waits says it
record PostgresPatience(Duration start, Duration stop, Runnable waits) {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPatience.class);

    static final PostgresPatience USUAL =
            new PostgresPatience(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    () ->
                            LOG.info(
                                    "PostgreSQL is still starting; after a crash it recovers"
                                            + " first"));
}
