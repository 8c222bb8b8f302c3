package io.campanile.server.node;

import io.campanile.application.operation.port.Invariants.Finding;
import io.campanile.persistence.operation.JdbiInvariants;

import java.util.List;

/// Checks a database that need not belong to a running node.
public final class NodeAudit {
    private NodeAudit() {}

    /// At most `limit` findings of each kind.
    public static List<Finding> check(NodeDatabase database, int limit) {
        return new JdbiInvariants(database.database().store()).check(limit);
    }
}
