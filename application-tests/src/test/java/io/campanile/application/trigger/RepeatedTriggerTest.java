package io.campanile.application.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Triggers whose request id was used before.
class RepeatedTriggerTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final NodeUnderTest node = new NodeUnderTest(world).start();

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void areToldWhatTheFirstRequestStartedWhenTheyAskForSomethingElse() {
        var first = (TriggerResult.Answered) node.trigger(node.command("r-1", "ada"));

        assertThat(node.trigger(node.command("r-1", "grace")))
                .isEqualTo(new TriggerResult.RequestIdReused(first.execution()));
    }

    /// Whoever lists messages from the time of a call on finds those of the call.
    @Test
    void haveATimeThatNoneOfTheirMessagesIsBefore() {
        world.clock.advance(Duration.ofNanos(123_456_789));

        var answered = (TriggerResult.Answered) node.trigger(node.command("r-1", "ada"));
        MessageId message = NodeUnderTest.onlyMessage(answered);

        assertThat(
                        world.store
                                .messages()
                                .find(WorkspaceId.DEFAULT, message)
                                .orElseThrow()
                                .createTime())
                .isAfterOrEqualTo(answered.createTime());
    }
}
