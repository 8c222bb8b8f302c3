package io.campanile.application.delivery;

import static io.campanile.application.delivery.DeliveryWorld.SLOTS;
import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What is given back as a stray may have been in memory after all.
class StrayClaimsTest {
    private static final int WAITING = 5;

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    @Test
    void whatIsClaimedAnewBesideItsOldClaimIsHandedOverOnce() {
        world.provider().stall();
        try (var node = new NodeUnderTest(world).start()) {
            List<MessageId> messages = node.triggerEach(SLOTS + WAITING);
            await().until(() -> world.provider().running() == SLOTS);
            await().until(() -> waitingIn(node) == WAITING);

            node.strays.suspect();
            assertThat(node.givesStraysBack()).isTrue();
            await().until(() -> waitingIn(node) == 2 * WAITING);
            world.provider().goOn();

            await().until(() -> messages.stream().noneMatch(this::isOpen));
        }
        assertThat(world.provider().handedOver())
                .extracting(OutgoingEmail::id)
                .hasSize(SLOTS + WAITING)
                .doesNotHaveDuplicates();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void whatCannotBeGivenBackAtTheEndWaitsForNoLease() throws InterruptedException {
        world.provider().stall();
        world.store.faults().refuseReleases();
        List<MessageId> messages;
        try (var node = new NodeUnderTest(world).start()) {
            messages = node.triggerEach(SLOTS + WAITING);
            await().until(() -> world.provider().running() == SLOTS);
            await().until(() -> waitingIn(node) == WAITING);
            world.provider().outOfOrder(Duration.ofHours(1));
            world.provider().goOn();

            node.claimer.stop();
            node.delivery.drain(Duration.ofSeconds(60));
            world.clock.advance(Duration.ofSeconds(2));
            node.strays.release();
        }
        world.provider().outOfOrder(Duration.ZERO);
        try (var next = new NodeUnderTest(world).start()) {
            assertThat(next.node).isNotNull();
            await().until(() -> messages.stream().noneMatch(this::isOpen));
        }
    }

    private int waitingIn(NodeUnderTest node) throws InterruptedException {
        return node.delivery
                .queue(world.allConfigurations().getFirst().id())
                .awaitMessages(0, TimeUnit.MILLISECONDS, () -> false);
    }

    private boolean isOpen(MessageId message) {
        return world.store
                .messages()
                .find(WorkspaceId.DEFAULT, message)
                .orElseThrow()
                .state()
                .isOpen();
    }
}
