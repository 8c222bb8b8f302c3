package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageState;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Calls that wait until their messages have settled.
class WaitingCallsTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final NodeUnderTest node = new NodeUnderTest(world);

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    private CompletableFuture<TriggerResult> waiting(String requestId) {
        return node.triggerLater(
                NodeUnderTest.command(
                        world.campaign, requestId, requestId, TriggerCommand.WaitFor.HANDED_OVER));
    }

    @Test
    void areAnsweredWhenTheirMessagesHaveSettled() {
        node.start();

        assertThat(waiting("ada").orTimeout(Patience.TIME.toSeconds(), TimeUnit.SECONDS).join())
                .isInstanceOfSatisfying(
                        TriggerResult.Answered.class,
                        answered ->
                                assertThat(answered.states().values())
                                        .containsExactly(
                                                new MessageState.Sent(world.clock.instant())));
    }

    @Test
    void areAllAnsweredWhenTheyRepeatOneRequest() {
        world.provider().stall();
        node.start();
        var first = waiting("ada");
        await().until(() -> world.provider().running() == 1);
        var repeated = waiting("ada");
        world.provider().goOn();

        for (var call : List.of(first, repeated)) {
            await().until(() -> {
                node.waiters.poll();
                return call.isDone();
            });
            assertThat(call.join())
                    .isInstanceOfSatisfying(
                            TriggerResult.Answered.class,
                            answered -> assertThat(answered.states()).hasSize(1));
        }
        assertThat(waiting("bob")).succeedsWithin(Patience.TIME);
        assertThat(waiting("eve")).succeedsWithin(Patience.TIME);
    }

    @Test
    void areRefusedBeyondTheirNumber() {
        world.provider().stall();
        node.start();
        var first = waiting("ada");
        var second = waiting("bob");

        assertThat(waiting("eve").join())
                .isInstanceOfSatisfying(
                        TriggerResult.Overloaded.class,
                        overloaded ->
                                assertThat(overloaded.overload())
                                        .isEqualTo(TriggerResult.Overload.WAITERS));
        world.provider().goOn();
        assertThat(CompletableFuture.allOf(first, second)).succeedsWithin(Patience.TIME);
    }

    @Test
    void areToldWhereTheirMessagesStandWhenTheirTimeIsOver() {
        world.provider().stall();
        node.start();
        var answer = waiting("ada");
        await().until(() -> world.provider().running() == 1);

        world.clock.advance(Duration.ofSeconds(31));
        node.waiters.poll();

        assertThat(answer.join())
                .isInstanceOfSatisfying(
                        TriggerResult.Answered.class,
                        answered ->
                                assertThat(answered.states().values())
                                        .containsExactly(new MessageState.Sending()));
    }

    @Test
    void areToldWhatAnotherNodeDelivered() throws Exception {
        try (var api = new NodeUnderTest(world).startIntakeOnly()) {
            var answer =
                    api.triggerLater(
                            NodeUnderTest.command(
                                    world.campaign,
                                    "r",
                                    "ada",
                                    TriggerCommand.WaitFor.HANDED_OVER));
            node.start();
            await().until(() -> {
                api.waiters.poll();
                return answer.isDone();
            });

            assertThat(answer.join())
                    .isInstanceOfSatisfying(
                            TriggerResult.Answered.class,
                            answered -> assertThat(answered.states()).hasSize(1));
        }
    }
}
