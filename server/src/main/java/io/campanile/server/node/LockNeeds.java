package io.campanile.server.node;

import io.campanile.application.profile.port.Profiles;

import java.time.Duration;

/// How many locks a node may hold at once in the database: a statement about messages locks what is
/// kept of all days, with its indexes, because a plan that is made once fits any day; a batch of
/// people locks each identity it names.
///
/// @param connections that the node keeps at most
/// @param messageRetention for how long each day is kept
record LockNeeds(int connections, Duration messageRetention) {
    /// For whatever else the server is asked for: it takes 64 by itself.
    private static final int FEWEST = 256;

    /// The statement that puts messages off takes 1,315 for 98 days when a connection plans it, and
    /// half as many later; no other takes more.
    private static final int FOR_A_DAY = 14;

    /// Yesterday, today, and the week ahead.
    private static final int OTHER_DAYS = 9;

    /// What `max_locks_per_transaction` has to be for this node alone.
    ///
    /// @param maxConnections of the server, which has so many times as many locks
    int perTransaction(int maxConnections) {
        long days = messageRetention.toDays() + OTHER_DAYS;
        long ofMessages = days * FOR_A_DAY;
        long ofPeople = Math.max(Profiles.MOST_LOCKED, ofMessages);
        // What is for intake and delivery knows messages only.
        int hot = NodeDatabase.hotConnections(connections);
        long all = hot * ofMessages + (connections - hot) * ofPeople;
        return Math.toIntExact(Math.max(FEWEST, Math.ceilDiv(all, maxConnections)));
    }
}
