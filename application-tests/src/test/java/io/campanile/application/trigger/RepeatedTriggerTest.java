package io.campanile.application.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.domain.channel.Category;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Triggers whose request id was used before.
class RepeatedTriggerTest {
    private final NodeUnderTest node =
            new NodeUnderTest(new DeliveryWorld(Category.TRANSACTIONAL)).start();

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
}
