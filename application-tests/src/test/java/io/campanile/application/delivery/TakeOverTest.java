package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class TakeOverTest {
    private static MessageState.Kind state(DeliveryWorld world, MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow().state();
    }

    /// Nobody but these keeps a lease meanwhile.
    private static void awaitLeaseOf(NodeUnderTest survivor, NodeUnderTest... others) {
        List<NodeUnderTest> alive = new ArrayList<>(List.of(others));
        alive.add(survivor);
        alive.forEach(node -> node.lease.renew());
        survivor.world.clock.advance(NodeUnderTest.LEASE.minusSeconds(1));
        alive.forEach(node -> node.lease.renew());
        survivor.world.clock.advance(Duration.ofSeconds(1));
        alive.forEach(node -> node.lease.renew());
        survivor.lease.takeOver();
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void settlesWhatWasInHandOverByCategoryAndSendsTheRest(Category category) throws Exception {
        DeliveryWorld world = new DeliveryWorld(category);
        world.provider().stall();
        try (var dead = new NodeUnderTest(world).start();
                var survivor = new NodeUnderTest(world)) {
            List<MessageId> messages = dead.triggerEach(20);
            await().until(() -> world.provider().running() == DeliveryWorld.SLOTS);
            dead.freeze();
            List<MessageId> inDoubt =
                    messages.stream()
                            .filter(m -> state(world, m) == MessageState.Kind.SENDING)
                            .toList();

            awaitLeaseOf(survivor);
            survivor.claimer.start();
            survivor.delivery.start();

            MessageState.Kind expected =
                    category == Category.MARKETING
                            ? MessageState.Kind.UNKNOWN
                            : MessageState.Kind.DEFERRED;
            await().untilAsserted(() ->
                    assertThat(inDoubt)
                            .hasSize(DeliveryWorld.SLOTS)
                            .allMatch(m -> state(world, m) == expected));
            world.provider().goOn();
            await().untilAsserted(() ->
                    assertThat(messages)
                            .filteredOn(m -> !inDoubt.contains(m))
                            .allMatch(m -> state(world, m) == MessageState.Kind.SENT));
            assertThat(inDoubt).allMatch(m -> state(world, m) == expected);
        }
    }

    @Test
    void leavesOthersAloneRightAfterAnOutage() throws Exception {
        DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
        world.provider().stall();
        try (var alive = new NodeUnderTest(world).start();
                var other = new NodeUnderTest(world)) {
            MessageId message = alive.triggerEach(1).getFirst();
            await().until(() -> state(world, message) == MessageState.Kind.SENDING);

            other.lease.renew();
            world.store.faults().beAway(true);
            other.lease.renew();
            world.clock.advance(NodeUnderTest.LEASE.multipliedBy(3));
            world.store.faults().beAway(false);
            other.lease.renew();
            other.lease.takeOver();
            world.provider().goOn();

            await().untilAsserted(() ->
                    assertThat(state(world, message)).isEqualTo(MessageState.Kind.SENT));
        }
    }

    @Test
    void leavesOthersAloneRightAfterItWasFrozenItself() throws Exception {
        DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
        world.provider().stall();
        try (var alive = new NodeUnderTest(world).start();
                var other = new NodeUnderTest(world)) {
            MessageId message = alive.triggerEach(1).getFirst();
            await().until(() -> state(world, message) == MessageState.Kind.SENDING);
            awaitLeaseOf(other, alive);

            world.clock.advance(NodeUnderTest.LEASE.multipliedBy(3));
            other.lease.takeOver();
            other.lease.renew();
            other.lease.takeOver();
            world.provider().goOn();

            await().untilAsserted(() ->
                    assertThat(state(world, message)).isEqualTo(MessageState.Kind.SENT));
        }
    }

    @Test
    void aLateOutcomeOfATakenOverMessageChangesNothing() throws Exception {
        DeliveryWorld world = new DeliveryWorld(Category.MARKETING);
        world.provider().stall();
        try (var frozen = new NodeUnderTest(world).start();
                var survivor = new NodeUnderTest(world)) {
            MessageId message = frozen.triggerEach(1).getFirst();
            await().until(() -> world.provider().running() == 1);
            frozen.freeze();
            awaitLeaseOf(survivor);
            survivor.claimer.start();
            survivor.delivery.start();
            await().until(() -> state(world, message) == MessageState.Kind.UNKNOWN);

            world.provider().goOn();
            await().until(() -> frozen.delivery.inHandOver() == 0);

            assertThat(state(world, message)).isEqualTo(MessageState.Kind.UNKNOWN);
            assertThat(world.store.messages().events(message).getLast().type())
                    .isEqualTo(MessageEvent.Type.UNKNOWN);
        }
    }
}
