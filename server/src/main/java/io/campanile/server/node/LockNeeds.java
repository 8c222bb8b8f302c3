package io.campanile.server.node;

import java.time.Duration;

/// How many locks a node may hold at once in the database: a statement about messages locks what is
/// kept of all days, with its indexes, because a plan that is made once fits any day.
///
/// @param connections that the node keeps at most
/// @param messageRetention for how long each day is kept
record LockNeeds(int connections, Duration messageRetention) {
    /// Batches of people lock each identity they name.
    private static final int FEWEST = 256;

    /// The statement that records outcomes takes 703 for 98 days, and no other takes more.
    private static final int FOR_A_DAY = 8;

    /// Yesterday, today, and the week ahead.
    private static final int OTHER_DAYS = 9;

    /// What `max_locks_per_transaction` has to be for this node alone.
    ///
    /// @param maxConnections of the server, which has so many times as many locks
    int perTransaction(int maxConnections) {
        long days = messageRetention.toDays() + OTHER_DAYS;
        long all = days * FOR_A_DAY * connections;
        return Math.toIntExact(Math.max(FEWEST, Math.ceilDiv(all, maxConnections)));
    }
}
