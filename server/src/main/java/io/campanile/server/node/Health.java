package io.campanile.server.node;

import io.campanile.application.delivery.NodeLease;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.trigger.Intake;

import java.time.Duration;

/// Whether a node can serve calls: its database answers, and has taken writes lately.
record Health(Nodes nodes, NodeLease lease, Intake intake) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// On a busy machine some renewals come late.
    private static final Duration MOST_WITHOUT_RENEWAL = Duration.ofSeconds(10);

    /// How long an intake that failed last is believed: so long others may take the calls.
    private static final Duration AFTER_FAILED_INTAKE = Duration.ofSeconds(10);

    /// For one thread.
    HealthProbe probe() {
        return new HealthProbe(this::require, PATIENCE);
    }

    private void require() {
        nodes.databaseTime();
        lease.requireRenewed(MOST_WITHOUT_RENEWAL);
        intake.requireStoring(AFTER_FAILED_INTAKE);
    }
}
