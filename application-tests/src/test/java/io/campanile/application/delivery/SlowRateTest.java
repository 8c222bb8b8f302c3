package io.campanile.application.delivery;

import static io.campanile.application.delivery.DeliveryWorld.SLOTS;
import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/// Of times to send that are rare, several nodes take each the next.
class SlowRateTest {
    private static final double PER_SECOND = 0.001;
    private static final DeliveryLimits LIMITS =
            new DeliveryLimits(
                    2,
                    SLOTS,
                    PER_SECOND,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    50,
                    Duration.ofSeconds(1));

    private final DeliveryWorld world =
            new DeliveryWorld(
                    Category.TRANSACTIONAL, configuration -> configuration.limitedTo(LIMITS));

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    private Instant reserve(int messages) {
        return world.timeLine.reserve(
                world.allConfigurations().getFirst().id(),
                messages,
                PER_SECOND,
                world.clock.instant());
    }

    @Test
    void noTimeIsTakenByAWrongClock() {
        Instant noon = world.clock.instant();
        world.facts.afterNextLoad(() -> {
            world.clocksApart = true;
            world.clock.advance(Duration.ofHours(6));
        });
        try (var node = new NodeUnderTest(world).start()) {
            MessageId message = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));
            await().until(() -> world.clocksApart);
            int before = world.looks.get();
            await().until(() -> world.looks.get() >= before + 4);

            world.clock.set(noon.plusSeconds(1));
            world.clocksApart = false;

            await().untilAsserted(() ->
                    assertThat(view(message).state()).isEqualTo(MessageState.Kind.SENT));
        }
    }

    @Test
    void aTimeComesNoLaterWhenTheClockIsSetBack() {
        Instant noon = world.clock.instant();
        world.clock.advance(Duration.ofHours(2));
        reserve(3);
        try (var node = new NodeUnderTest(world).start()) {
            MessageId putOff = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));
            await().untilAsserted(() ->
                    assertThat(view(putOff).dueTime()).isEqualTo(noon.plusSeconds(10_140)));

            world.clock.set(noon);
            MessageId message = NodeUnderTest.onlyMessage(node.trigger(node.command("s", "bob")));
            int before = world.looks.get();
            await().until(() -> world.looks.get() >= before + 4);
            world.clock.set(noon.plusSeconds(3_000));

            await().untilAsserted(() ->
                    assertThat(view(message).state()).isEqualTo(MessageState.Kind.SENT));
        }
    }

    @Test
    void aTimeThatIsFurtherAheadThanClaimsLastIsKept() {
        reserve(3);
        Instant sendTime = world.clock.instant().plusSeconds(3_000);
        try (var node = new NodeUnderTest(world).start()) {
            MessageId message = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));
            await().untilAsserted(() ->
                    assertThat(view(message).dueTime()).isEqualTo(sendTime.minusSeconds(60)));
            assertThat(world.provider().handedOver()).isEmpty();

            world.clock.set(sendTime);

            await().untilAsserted(() ->
                    assertThat(view(message).state()).isEqualTo(MessageState.Kind.SENT));
            assertThat(reserve(1))
                    .as("no other time was taken")
                    .isEqualTo(sendTime.plusSeconds(1_000));
        }
    }
}
