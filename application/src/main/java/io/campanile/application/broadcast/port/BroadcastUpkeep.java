package io.campanile.application.broadcast.port;

import java.time.Instant;

/// Keeps what is stored of broadcasts small. Thread-safe; joins the running transaction, if any;
/// throws [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface BroadcastUpkeep {
    /// Adds up what is counted of broadcasts in more than `rows` rows, so that who looks reads few:
    /// each receipt about a message of theirs adds some, also long after they ended.
    void addUp(int rows);

    /// Forgets at most `limit` members of broadcasts that have ended.
    ///
    /// @return how many were forgotten
    int forgetMembers(int limit);

    /// Forgets at most `limit` ended broadcasts that have no messages any more, and may never have
    /// had any.
    ///
    /// @param before when they were accepted at the latest
    /// @param expiredBefore when they expired at the latest: by then they had ended
    /// @return how many were forgotten
    int forget(Instant before, Instant expiredBefore, int limit);
}
