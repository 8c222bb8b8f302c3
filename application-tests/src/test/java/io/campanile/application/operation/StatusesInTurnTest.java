package io.campanile.application.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.application.delivery.OutcomeCounts;
import io.campanile.application.share.LongCalls;
import io.campanile.application.share.LongCallsFull;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.Lane;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class StatusesInTurnTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final LongCalls reads = new LongCalls(1, Duration.ofMillis(1));

    /// They read all that waits, on a connection each.
    @Test
    void waitForThoseThatReadForLong() {
        try (var node = new NodeUnderTest(world).start()) {
            var watch =
                    new WatchNode(
                            world.store.backlogs(),
                            node.delivery,
                            new OutcomeCounts(world.clock),
                            reads,
                            world.clock);

            var _ =
                    reads.inTurn(
                            WorkspaceId.DEFAULT,
                            () ->
                                    assertThatThrownBy(() -> watch.workspace(WorkspaceId.DEFAULT))
                                            .isInstanceOf(LongCallsFull.class));

            assertThat(watch.workspace(WorkspaceId.DEFAULT).backlogs())
                    .hasSameSizeAs(Lane.values());
        }
    }
}
