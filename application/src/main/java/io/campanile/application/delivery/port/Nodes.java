package io.campanile.application.delivery.port;

import java.time.Duration;
import java.time.Instant;

/// The nodes on this database and their leases. All times are the database's, so that nodes need
/// not agree on the time. Thread-safe; every method throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Nodes {
    /// A new node whose lease runs for `lease` from now.
    NodeId register(Duration lease);

    /// Renews the lease. A node that was taken for dead counts as alive again, but what it had
    /// claimed is no longer its own.
    Renewal renew(NodeId node, Duration lease);

    /// Ends the leases of all other nodes, for a database that no other node can be using.
    void endOtherLeases(NodeId node);

    /// Takes other nodes whose lease has run out for dead and releases their messages: each gets
    /// the next claim epoch, no owner, and is due at once; those in `SENDING` keep that state,
    /// whoever claims them decides. Works in chunks; call again until it answers 0. Does nothing
    /// while the lease of `by` itself has run out.
    ///
    /// A dead node may turn out to hold messages after nothing was found any more. The longer it
    /// has been dead, the later these are found: after a second at first, after two minutes at
    /// most.
    ///
    /// @return how many messages were released
    int reapDead(NodeId by, int limit);

    /// Ends the node in order: releases what it holds and was not marked.
    void retire(NodeId node);

    /// The database's clock.
    Instant databaseTime();
}
