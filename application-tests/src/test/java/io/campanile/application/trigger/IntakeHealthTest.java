package io.campanile.application.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.channel.Category;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// What a node's health learns from its intake.
class IntakeHealthTest {
    private static final Duration MOST = Duration.ofSeconds(10);

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final NodeUnderTest node = new NodeUnderTest(world).startIntakeOnly();
    private final ThrowingCallable isStoring = () -> node.intake.requireStoring(MOST);

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void isThatACallCouldNotBeStoredUntilAnotherIs() {
        assertThatCode(isStoring).doesNotThrowAnyException();

        world.store.faults().beAway(true);
        assertThat(triggered("lost")).isInstanceOf(TriggerResult.Unavailable.class);
        assertThatThrownBy(isStoring).isInstanceOf(StoreUnavailable.class);

        world.store.faults().beAway(false);
        assertThat(triggered("stored")).isInstanceOf(TriggerResult.Answered.class);
        assertThatCode(isStoring).doesNotThrowAnyException();
    }

    @Test
    void isNothingOnceNobodyHasTriedForAWhile() {
        world.store.faults().beAway(true);
        triggered("lost");
        world.clock.advance(MOST.minusMillis(1));
        assertThatThrownBy(isStoring).isInstanceOf(StoreUnavailable.class);

        world.clock.advance(Duration.ofMillis(1));
        assertThatCode(isStoring).doesNotThrowAnyException();
    }

    private TriggerResult triggered(String requestId) {
        return node.trigger(node.command(requestId, "ada"));
    }
}
