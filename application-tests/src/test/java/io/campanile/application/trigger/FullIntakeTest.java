package io.campanile.application.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.domain.channel.Category;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/// What becomes of calls while the intake has no room.
class FullIntakeTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    /// Takes one call in, and stores none.
    @AutoClose private final NodeUnderTest full = new NodeUnderTest(world, store -> store, 1);

    @BeforeEach
    void fill() {
        assertThat(full.triggerLater(full.command("first", "ada"))).isNotDone();
    }

    @Test
    void areRefusedBeforeTheirRecipientsAreLookedAtHoweverOftenTheyCome() {
        int before = world.codec.encoded();

        for (int i = 0; i < 3; i++) {
            assertThat(full.trigger(full.command("second", "bob")))
                    .isInstanceOfSatisfying(
                            TriggerResult.Overloaded.class,
                            refused ->
                                    assertThat(refused.overload())
                                            .isEqualTo(TriggerResult.Overload.INTAKE));
        }
        assertThat(world.codec.encoded()).isEqualTo(before);
    }

    @Test
    void areAnsweredWhenTheyStoreNothing() {
        assertThat(full.trigger(command("question", null, true)))
                .isInstanceOf(TriggerResult.Validated.class);
    }

    /// Repeated by now, it would be too late.
    @Test
    void areAnsweredWhenTheyWereTakenBeforeAndWouldBeRefusedNow() {
        TriggerCommand command = command("r", world.clock.instant().plusSeconds(3_600), false);
        TriggerResult.Answered first;
        try (var other = new NodeUnderTest(world).startIntakeOnly()) {
            first = (TriggerResult.Answered) other.trigger(command);
        }
        world.clock.advance(Duration.ofHours(2));

        assertThat(full.trigger(command))
                .isInstanceOfSatisfying(
                        TriggerResult.Answered.class,
                        again -> {
                            assertThat(again.duplicate()).isTrue();
                            assertThat(again.execution()).isEqualTo(first.execution());
                        });
    }

    private TriggerCommand command(
            String requestId, @Nullable Instant expireTime, boolean validateOnly) {
        TriggerCommand command = full.command(requestId, "bob");
        return new TriggerCommand(
                new TriggerEnvelope(
                        command.campaign(),
                        command.requestId(),
                        command.envelope().metadata(),
                        null,
                        expireTime),
                command.recipients(),
                command.waitFor(),
                validateOnly,
                CallerPatience.until(null));
    }
}
