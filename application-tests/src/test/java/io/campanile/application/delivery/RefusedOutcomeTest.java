package io.campanile.application.delivery;

import static io.campanile.application.delivery.DeliveryWorld.SLOTS;
import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What the database refuses to take about one message must not keep the others.
class RefusedOutcomeTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.MARKETING);

    private MessageState.Kind state(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow().state();
    }

    private List<MessageId> of(List<MessageId> messages, MessageState.Kind kind) {
        return messages.stream().filter(message -> state(message) == kind).toList();
    }

    @Test
    void leavesOnlyItsMessageInDoubtAndItsSlotToOthers() {
        world.provider().stall();
        try (var node = new NodeUnderTest(world).start()) {
            List<MessageId> messages = node.triggerEach(3 * SLOTS);
            await().until(() -> world.provider().running() == SLOTS);
            MessageId culprit = of(messages, MessageState.Kind.SENDING).get(SLOTS / 2);
            world.store.faults().refuseOutcomesOf(Set.of(culprit));
            world.provider().goOn();

            await().until(() -> of(messages, MessageState.Kind.SENT).size() == 3 * SLOTS - 1);
            await().until(() -> node.delivery.inHandOver() == 0);
            assertThat(state(culprit)).isEqualTo(MessageState.Kind.SENDING);
            assertThat(world.provider().status().slotsTaken()).isZero();

            world.store.faults().refuseOutcomesOf(Set.of());
            world.clock.advance(Duration.ofHours(1));

            await().until(() -> state(culprit) == MessageState.Kind.UNKNOWN);
        }
        assertThat(world.store.invariants().check(10)).isEmpty();
    }
}
