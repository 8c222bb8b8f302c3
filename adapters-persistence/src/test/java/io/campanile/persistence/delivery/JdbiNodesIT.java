package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.Renewal;
import io.campanile.persistence.Database;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.delivery.NodesContract;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

class JdbiNodesIT extends NodesContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void renewsALeaseWhileEverythingElseKeepsItsConnections() {
        try (var busy = new Database(STORE.settings("busy", 1, 1))) {
            Nodes leases = new JdbiNodes(busy.lease());

            Renewal renewed =
                    busy.hot()
                            .inTransaction(_ ->
                                    busy.store()
                                            .inTransaction(
                                                    _ -> leases.renew(node, Duration.ofHours(1))));

            assertThat(renewed).isEqualTo(Renewal.IN_TIME);
        }
    }

    /// When commits hang, a renewal may take longer than a lease.
    @Test
    void takesNobodyForDeadWhoIsRenewing() {
        Nodes nodes = store().nodes();
        NodeId other = nodes.register(Duration.ofHours(1));
        nodes.endOtherLeases(node);

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ =
                    STORE.database()
                            .hot()
                            .inTransaction(handle -> {
                                handle.execute(
                                        "SELECT FROM node WHERE node_id = ? FOR UPDATE",
                                        other.value());
                                return CompletableFuture.supplyAsync(
                                                () -> nodes.reapDead(node, 10), executor)
                                        .orTimeout(Patience.TIME.toSeconds(), TimeUnit.SECONDS)
                                        .join();
                            });
        }

        assertThat(nodes.renew(other, Duration.ofHours(1))).isEqualTo(Renewal.LATE);
    }
}
