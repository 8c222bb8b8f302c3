package io.campanile.application.delivery;

import static io.campanile.application.delivery.DeliveryWorld.SLOTS;
import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;

/// A clock that jumps ahead makes everything look expired.
class ClockJumpTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final Instant noon = world.clock.instant();

    @AfterEach
    void keepsEveryPromise() {
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    private void jump() {
        world.clocksApart = true;
        world.clock.advance(Duration.ofDays(365));
    }

    private void setClocksRight() {
        world.clock.set(noon.plusSeconds(1));
        world.clocksApart = false;
        world.clockJumped = false;
    }

    /// As where the database is on the same machine.
    private void jumpTogether() {
        world.clockJumped = true;
        world.clock.advance(Duration.ofDays(365));
    }

    private void awaitLooks() {
        int before = world.looks.get();
        await().until(() -> world.looks.get() >= before + 4);
    }

    private void awaitAllSent(List<MessageId> messages) {
        await().untilAsserted(() ->
                assertThat(messages).extracting(this::state).containsOnly(MessageState.Kind.SENT));
    }

    private MessageState.Kind state(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow().state();
    }

    /// Messages that nobody delivers yet.
    private List<MessageId> acceptedOnly() {
        try (var api = new NodeUnderTest(world).startIntakeOnly()) {
            return api.triggerEach(3);
        }
    }

    /// A message that the provider is too busy for while a clock jumps.
    private List<MessageId> putOffMeanwhile(NodeUnderTest node, Runnable jump) {
        world.provider()
                .answerNext(
                        new AttemptOutcome.Busy(
                                Reason.PROVIDER_BUSY, new ProviderReply(451, "4.3.0"), null));
        world.provider().stall();
        List<MessageId> messages = node.triggerEach(1);
        await().until(() -> world.provider().running() == 1);

        jump.run();
        world.provider().goOn();
        await().until(() -> node.delivery.inHandOver() == 0);
        assertThat(state(messages.getFirst())).isEqualTo(MessageState.Kind.DEFERRED);
        return messages;
    }

    @Test
    void recordsWhatIsInHandOverAndLetsTheOthersWait() {
        world.provider().stall();
        try (var node = new NodeUnderTest(world).start()) {
            List<MessageId> messages = node.triggerEach(SLOTS + 2);
            await().until(() -> world.provider().running() == SLOTS);

            jump();
            world.provider().goOn();
            await().until(() -> node.delivery.inHandOver() == 0);
            awaitLooks();
            assertThat(messages.stream().filter(m -> state(m) == MessageState.Kind.SENT))
                    .hasSize(SLOTS);

            setClocksRight();
            awaitAllSent(messages);
        }
    }

    @Test
    void letsNothingExpireThatTheProviderWasTooBusyFor() {
        try (var node = new NodeUnderTest(world).start()) {
            List<MessageId> messages = putOffMeanwhile(node, this::jump);

            setClocksRight();
            awaitAllSent(messages);
        }
    }

    @Test
    void sendsWhatIsNewAndLetsNothingExpireUntilItIsKnownWhetherBothClocksAreRight() {
        List<MessageId> messages = acceptedOnly();
        jumpTogether();
        try (var node = new NodeUnderTest(world).start()) {
            MessageId fresh = NodeUnderTest.onlyMessage(node.trigger(node.command("new", "p")));
            awaitAllSent(List.of(fresh));
            awaitLooks();
            assertThat(messages).extracting(this::state).doesNotContain(MessageState.Kind.EXPIRED);

            setClocksRight();
            giveBackStrays(node);
            awaitAllSent(messages);
        }
    }

    @Test
    void letsExpireWhatHasOnceTheNewTimeIsBelieved() {
        List<MessageId> messages = acceptedOnly();
        jumpTogether();
        try (var node = new NodeUnderTest(world).start()) {
            awaitLooks();

            world.clockJumped = false;
            giveBackStrays(node);
            await().untilAsserted(() ->
                    assertThat(messages)
                            .extracting(this::state)
                            .containsOnly(MessageState.Kind.EXPIRED));
        }
    }

    @Test
    void tellsNobodyForGoodThatACampaignIsOverBeforeTheNewTimeIsBelieved() {
        Campaign ending =
                world.add(
                        aCampaign()
                                .named("ending")
                                .saying(DeliveryWorld.CONTENT)
                                .during(new Schedule(null, noon.plusSeconds(60))));
        try (var node = new NodeUnderTest(world).start()) {
            jumpTogether();
            assertThat(trigger(node, ending)).isInstanceOf(TriggerResult.CampaignChanging.class);

            world.clockJumped = false;
            assertThat(trigger(node, ending)).isInstanceOf(TriggerResult.CampaignRefuses.class);

            setClocksRight();
            awaitAllSent(List.of(NodeUnderTest.onlyMessage(trigger(node, ending))));
        }
    }

    @Test
    void tellsNobodyForGoodThatACallCameTooLateBeforeTheNewTimeIsBelieved() {
        TriggerCommand command = expiring(noon.plusSeconds(60));
        try (var node = new NodeUnderTest(world).start()) {
            jumpTogether();
            assertThat(node.trigger(command)).isInstanceOf(TriggerResult.CampaignChanging.class);

            world.clockJumped = false;
            assertThat(node.trigger(command)).isInstanceOf(TriggerResult.EnvelopeInvalid.class);

            setClocksRight();
            awaitAllSent(List.of(NodeUnderTest.onlyMessage(node.trigger(command))));
        }
    }

    private TriggerCommand expiring(Instant expireTime) {
        TriggerEnvelope envelope =
                new TriggerEnvelope(world.campaign.name(), "r", Map.of(), null, expireTime);
        return new TriggerCommand(
                envelope,
                List.of(
                        new TriggerCommand.Entry(
                                NodeUnderTest.recipient("p", Map.of()), List.of(), "")),
                TriggerCommand.WaitFor.ACCEPTED,
                false,
                CallerPatience.until(null));
    }

    private static TriggerResult trigger(NodeUnderTest node, Campaign campaign) {
        return node.trigger(
                NodeUnderTest.command(campaign, "r", "p", TriggerCommand.WaitFor.ACCEPTED));
    }

    private void giveBackStrays(NodeUnderTest node) {
        node.strays.suspect();
        world.clock.advance(Duration.ofSeconds(2));
        node.strays.release();
    }

    @Test
    void letsNothingExpireByANewTimeThatTheProviderWasTooBusyFor() {
        try (var node = new NodeUnderTest(world).start()) {
            List<MessageId> messages = putOffMeanwhile(node, this::jumpTogether);

            setClocksRight();
            giveBackStrays(node);
            awaitAllSent(messages);
        }
    }

    @Test
    void claimsNothing() {
        List<MessageId> messages = acceptedOnly();
        jump();
        try (var node = new NodeUnderTest(world).start()) {
            assertThat(node.node).isNotNull();
            awaitLooks();

            setClocksRight();
            awaitAllSent(messages);
        }
    }

    @Test
    void cutsNoStopShort() {
        world.provider().stall();
        try (var node = new NodeUnderTest(world).start()) {
            List<MessageId> messages = node.triggerEach(1);
            await().until(() -> world.provider().running() == 1);
            var drained = new FutureTask<>(() -> node.delivery.drain(Duration.ofMinutes(10)));
            Thread stopping = Thread.ofPlatform().daemon().start(drained);
            await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);

            world.clock.advance(Duration.ofHours(1));
            world.provider().goOn();

            assertThat(drained).succeedsWithin(Patience.TIME).isEqualTo(true);
            awaitAllSent(messages);
        }
    }

    @Test
    void givesBackWhatItHasPreparedAsDueAsItWas() {
        world.facts.afterNextLoad(this::jump);
        try (var node = new NodeUnderTest(world).start()) {
            List<MessageId> messages = node.triggerEach(1);
            await().until(() -> world.clocksApart);
            awaitLooks();
            assertThat(world.provider().handedOver()).isEmpty();

            setClocksRight();
            awaitAllSent(messages);
        }
    }
}
