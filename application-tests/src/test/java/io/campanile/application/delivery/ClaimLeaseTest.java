package io.campanile.application.delivery;

import static io.campanile.application.delivery.DeliveryWorld.SLOTS;
import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.clock.ClockSkew;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

class ClaimLeaseTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final ChannelConfiguration configuration = world.allConfigurations().getFirst();
    private final Duration attempt = configuration.limits().longestAttempt();

    @Test
    void leavesTimeToWaitInMemoryBeforeTheLongestHandOver() {
        assertThat(
                        MessageQueue.CLAIM_LEASE
                                .minus(ClockSkew.MOST_BETWEEN_NODES)
                                .minus(DeliveryLimits.LONGEST_HAND_OVER))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
    }

    /// One node's clock is as slow as it may be, and the other's as fast.
    @Test
    void nobodyTakesWhatIsInHandOverByAClockThatIsAhead() {
        world.provider().stall();
        try (var node = new NodeUnderTest(world).start()) {
            List<MessageId> messages = node.triggerEach(SLOTS + 1);
            await().until(() -> world.provider().running() == SLOTS);
            MessageId waiting =
                    messages.stream().filter(m -> !isSending(m)).findFirst().orElseThrow();
            world.clock.advance(MessageQueue.CLAIM_LEASE.minus(attempt));
            world.provider().letGo(1);
            await().until(() -> isSending(waiting));

            Instant fast = world.clock.instant().plus(ClockSkew.MOST_BETWEEN_NODES);
            assertThat(claimedBy(world.store.nodes().register(NodeUnderTest.LEASE), fast))
                    .doesNotContain(waiting);
            assertThat(claimedBy(node.node, fast.plus(attempt).minusMillis(1)))
                    .doesNotContain(waiting);
        }
    }

    private boolean isSending(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow().state()
                == MessageState.Kind.SENDING;
    }

    private Set<MessageId> claimedBy(NodeId by, Instant now) {
        return world
                .store
                .queue()
                .claim(
                        by,
                        Lane.TRANSACTIONAL,
                        configuration.id(),
                        List.of(world.campaign.id()),
                        100,
                        now.plus(MessageQueue.CLAIM_LEASE),
                        now)
                .stream()
                .map(claimed -> claimed.claim().message())
                .collect(Collectors.toSet());
    }
}
