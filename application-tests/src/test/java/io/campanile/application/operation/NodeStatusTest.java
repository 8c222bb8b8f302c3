package io.campanile.application.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.application.delivery.OutcomeCounts;
import io.campanile.application.operation.port.Backlog;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.application.share.LongCalls;
import io.campanile.application.store.StatementTooSlow;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class NodeStatusTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    @Test
    void isToldThoughTooMuchWaitsToBeCounted() {
        try (var node = new NodeUnderTest(world).start()) {
            NodeStatus status = watch(node).get();

            assertThat(status.backlogs()).isEmpty();
            assertThat(status.window()).isEqualTo(OutcomeCounts.WINDOW);
        }
    }

    @Test
    void ofAWorkspaceSaysWhatCouldNotBeCountedAndTellsTheRest() {
        try (var node = new NodeUnderTest(world).start()) {
            WorkspaceStatus status = watch(node).workspace(WorkspaceId.DEFAULT);

            assertThat(status.uncounted()).containsExactlyInAnyOrder(WorkspaceStatus.Part.values());
            assertThat(status.backlogs()).isEmpty();
            assertThat(status.window()).isEqualTo(OutcomeCounts.WINDOW);
        }
    }

    private WatchNode watch(NodeUnderTest node) {
        return new WatchNode(
                new Countless(),
                node.delivery,
                new OutcomeCounts(world.clock),
                LongCalls.ofReaders(),
                world.clock);
    }

    private static final class Countless implements Backlogs {
        private static StatementTooSlow tooSlow() {
            return new StatementTooSlow("sqlstate 57014", new IllegalStateException("planted"));
        }

        @Override
        public List<Backlog> count(Instant now) {
            throw tooSlow();
        }

        @Override
        public List<Backlog> count(WorkspaceId workspace, Instant now) {
            throw tooSlow();
        }

        @Override
        public Map<Reason, Long> putOff(WorkspaceId workspace) {
            throw tooSlow();
        }

        @Override
        public Map<Kind, Long> outcomes(WorkspaceId workspace, Instant acceptedFrom) {
            throw tooSlow();
        }
    }
}
