package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.message.port.MessageView;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.util.List;

class CrashLoopTest {
    private static final int MESSAGES = 3;

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    /// Messages that were claimed as often by nodes that died.
    private List<MessageId> inVain(int claims, int loneTries) throws Exception {
        try (var first = new NodeUnderTest(world).startIntakeOnly()) {
            List<MessageId> messages = first.triggerEach(MESSAGES);
            first.freeze();
            world.clock.advance(MessageQueue.CLAIM_LEASE);
            NodeId dead = world.store.nodes().register(NodeUnderTest.LEASE);
            for (int claim = 1; claim < claims; claim++) {
                for (ClaimedMessage claimed : claim(dead)) {
                    world.store.queue().noteLoneTry(dead, claimed.claim(), loneTries);
                }
            }
            return messages;
        }
    }

    private List<ClaimedMessage> claim(NodeId node) {
        return world.store
                .queue()
                .claim(
                        node,
                        Lane.TRANSACTIONAL,
                        world.allConfigurations().getFirst().id(),
                        List.of(world.campaign.id()),
                        MESSAGES,
                        world.clock.instant(),
                        world.clock.instant());
    }

    private MessageView found(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    @Test
    void sendsWhatOnlyWaitedInTheMemoryOfNodesThatDied() throws Exception {
        List<MessageId> messages = inVain(9, ClaimHistory.MOST_LONE_TRIES - 1);

        try (var _ = new NodeUnderTest(world).start()) {
            await().untilAsserted(() ->
                    assertThat(messages).allMatch(m -> found(m).state() == MessageState.Kind.SENT));
        }
    }

    @Test
    void givesUpWhatNodesDiedOf() throws Exception {
        List<MessageId> messages = inVain(6, ClaimHistory.MOST_LONE_TRIES);

        try (var _ = new NodeUnderTest(world).start()) {
            await().untilAsserted(() ->
                    assertThat(messages)
                            .allMatch(m -> found(m).reason() == Reason.CLAIMED_TOO_OFTEN));
        }
    }
}
