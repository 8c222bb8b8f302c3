package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.delivery.InMemoryProvider;
import io.campanile.testkit.delivery.InMemoryProviders;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A node that cannot reach a provider leaves messages to those that can.
class BrokenWayTest {
    private static final AttemptOutcome UNREACHABLE =
            new AttemptOutcome.Busy(Reason.PROVIDER_UNREACHABLE, ProviderReply.NONE, null);
    private static final Duration BACK_OFF = RetryPolicy.DEFAULT.shortestDelay();
    private static final int OPENS_AFTER = 10;

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final InMemoryProviders broken = new InMemoryProviders();

    private InMemoryProvider brokenProvider() {
        return broken.of(world.allConfigurations().getFirst());
    }

    private boolean isSent(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow().state()
                == MessageState.Kind.SENT;
    }

    /// Gives permits until so many attempts have failed.
    private void failAlways() {
        var failures = new AtomicInteger();
        brokenProvider()
                .answer(_ -> {
                    if (failures.incrementAndGet() == OPENS_AFTER) {
                        brokenProvider().outOfOrder(Duration.ofHours(1));
                    }
                    return UNREACHABLE;
                });
    }

    @Test
    void whatOneNodeCannotHandOverAnotherDoes() {
        failAlways();
        try (var cutOff = new NodeUnderTest(world, broken).start();
                var _ = new NodeUnderTest(world).start()) {
            List<MessageId> messages = cutOff.triggerEach(100);

            for (int backOff = 0; backOff < 2; backOff++) {
                await().untilAsserted(() -> {
                    cutOff.delivery.refresh();
                    assertThat(messages).filteredOn(this::isSent).hasSizeGreaterThan(50);
                });
                world.clock.advance(BACK_OFF);
            }

            await().untilAsserted(() -> assertThat(messages).allMatch(this::isSent));
            assertThat(world.provider().taken()).hasSize(100);
            assertThat(brokenProvider().taken()).isEmpty();
        }
    }

    private int heldBy(NodeUnderTest node) {
        return world.store.queue().releaseAll(node.node, world.clock.instant());
    }

    @Test
    void aNodeAloneLetsThemRestUntilItsProviderIsBack() {
        brokenProvider().outOfOrder(Duration.ofHours(1));
        try (var alone = new NodeUnderTest(world, broken).start()) {
            List<MessageId> messages = alone.triggerEach(20);
            for (int round = 0; round < 5; round++) {
                alone.delivery.refresh();
                int looks = world.looks.get();
                await().until(() -> world.looks.get() > looks + 1);
                assertThat(heldBy(alone)).isZero();
            }

            brokenProvider().outOfOrder(Duration.ZERO);
            await().untilAsserted(() -> assertThat(messages).allMatch(this::isSent));
        }
    }
}
