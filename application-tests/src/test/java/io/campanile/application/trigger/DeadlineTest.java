package io.campanile.application.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.domain.channel.Category;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A trigger whose caller has stopped waiting is not begun.
class DeadlineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    @Test
    void beginsNothingAfterTheDeadline() {
        try (var node = new NodeUnderTest(world).startIntakeOnly()) {
            assertThat(node.trigger(until(world.clock.instant())))
                    .isEqualTo(new TriggerResult.DeadlinePassed());
            assertThat(stored()).isZero();
        }
    }

    @Test
    void storesNothingWhoseDeadlinePassedInTheQueue() throws Exception {
        try (var node = new NodeUnderTest(world)) {
            var late = node.triggerLater(until(world.clock.instant().plus(SECOND)));
            world.clock.advance(SECOND);
            node.startIntakeOnly();

            assertThat(late.get(Patience.TIME.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(new TriggerResult.DeadlinePassed());
            assertThat(stored()).isZero();
        }
    }

    private TriggerCommand until(Instant deadline) {
        return new TriggerCommand(
                new TriggerEnvelope(world.campaign.name(), "r", Map.of(), null, null),
                List.of(
                        new TriggerCommand.Entry(
                                NodeUnderTest.recipient("ada", Map.of()), List.of(), "")),
                TriggerCommand.WaitFor.ACCEPTED,
                false,
                CallerPatience.until(deadline));
    }

    private long stored() {
        return world.store
                .executions()
                .list(
                        new ExecutionQuery(
                                WorkspaceId.DEFAULT, null, null, null, null, null, null, 10))
                .size();
    }
}
