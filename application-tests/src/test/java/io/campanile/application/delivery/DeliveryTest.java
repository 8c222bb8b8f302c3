package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.LostAnswers;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.delivery.InMemoryProvider;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

class DeliveryTest {
    private static final AttemptOutcome BUSY =
            new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, new ProviderReply(451, "4.3.0"), null);

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final NodeUnderTest node = new NodeUnderTest(world);

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    private static MessageView view(DeliveryWorld world, MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    private MessageState.Kind state(MessageId message) {
        return view(world, message).state();
    }

    private void awaitState(MessageId message, MessageState.Kind kind) {
        await().untilAsserted(() -> assertThat(state(message)).isEqualTo(kind));
    }

    private List<String> idsTaken() {
        return world.provider().taken().stream().map(email -> email.id().toString()).toList();
    }

    @Test
    void deliversWhatItAcceptedExactlyOnce() {
        node.start();

        List<MessageId> messages = node.triggerEach(50);

        messages.forEach(message -> awaitState(message, MessageState.Kind.SENT));
        assertThat(idsTaken())
                .containsExactlyInAnyOrderElementsOf(
                        messages.stream().map(MessageId::toString).toList());
    }

    /// Days are dropped by ids: no message may be of a day before its execution's.
    @Test
    void givesAnExecutionItsIdBeforeItsMessages() {
        node.start();

        MessageId message = node.triggerEach(1).getFirst();

        assertThat(view(world, message).execution().toString()).isLessThan(message.toString());
    }

    @Test
    void neverHasMoreInHandOverThanSlots() {
        world.provider().stall();
        node.start();

        List<MessageId> messages = node.triggerEach(50);
        await().until(() -> world.provider().running() == DeliveryWorld.SLOTS);
        assertThat(messages.stream().filter(m -> state(m) == MessageState.Kind.SENDING))
                .hasSize(DeliveryWorld.SLOTS);
        world.provider().goOn();

        messages.forEach(message -> awaitState(message, MessageState.Kind.SENT));
        assertThat(world.provider().mostSlotsTaken()).isEqualTo(DeliveryWorld.SLOTS);
    }

    @Test
    void holdsFewMessagesThatCarryMuchAndSendsTheRestLater() {
        world.provider().stall();
        node.start();

        List<MessageId> messages =
                IntStream.range(0, 60)
                        .mapToObj(number -> node.trigger(large("large-" + number)))
                        .map(NodeUnderTest::onlyMessage)
                        .toList();
        await().until(() -> world.provider().running() == DeliveryWorld.SLOTS);

        assertThat(node.holds(messages)).isBetween(DeliveryWorld.SLOTS, 40);
        world.provider().goOn();
        messages.forEach(message -> awaitState(message, MessageState.Kind.SENT));
    }

    private TriggerCommand large(String requestId) {
        return NodeUnderTest.command(
                world.campaign,
                requestId,
                NodeUnderTest.recipient("ada", Map.of("notes", "x".repeat(180_000))),
                TriggerCommand.WaitFor.ACCEPTED);
    }

    @Test
    void handsOverAtOnceWhatTheProviderHasNotSeen() {
        world.provider().answerNext(new AttemptOutcome.NotBegun());
        node.start();

        MessageId message = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));
        awaitState(message, MessageState.Kind.SENT);

        assertThat(world.provider().handedOver()).hasSize(2);
    }

    @Test
    void triesAgainWhenTheProviderWasBusy() {
        world.provider().answerNext(BUSY);
        node.start();

        MessageId message = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));
        awaitState(message, MessageState.Kind.DEFERRED);
        assertThat(view(world, message).reason()).isEqualTo(Reason.PROVIDER_BUSY);
        world.clock.advance(Duration.ofMinutes(1));

        awaitState(message, MessageState.Kind.SENT);
        assertThat(view(world, message).attempts()).isEqualTo(2);
    }

    @Test
    void failsOneMessageThatCannotBeRenderedAndGoesOn() {
        node.start();
        var poison =
                NodeUnderTest.command(
                        world.campaign,
                        "poison",
                        NodeUnderTest.recipient("eve", DeliveryWorld.UNRENDERABLE),
                        TriggerCommand.WaitFor.ACCEPTED);

        MessageId failing = NodeUnderTest.onlyMessage(node.trigger(poison));
        MessageId good = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));

        awaitState(failing, MessageState.Kind.FAILED);
        assertThat(view(world, failing).reason()).isEqualTo(Reason.RENDERING_FAILED);
        awaitState(good, MessageState.Kind.SENT);
    }

    @Test
    void handsNothingOverWhileTheCampaignHolds() {
        world.store.control(
                world.campaign.id(), new CampaignControl(true, 1, CampaignControl.Delivery.HOLD));
        node.start();
        List<MessageId> messages = node.triggerEach(20);
        world.store.control(
                world.campaign.id(),
                new CampaignControl(true, 1, CampaignControl.Delivery.DELIVER));
        world.clock.advance(Duration.ofSeconds(10));

        messages.forEach(message -> awaitState(message, MessageState.Kind.SENT));
        assertThat(idsTaken()).hasSize(20);
    }

    @Test
    void goesOnByItselfWhenTheDatabaseWasAway() {
        world.provider().stall();
        node.start();
        List<MessageId> messages = node.triggerEach(20);
        await().until(() -> world.provider().running() == DeliveryWorld.SLOTS);

        world.store.faults().beAway(true);
        world.provider().goOn();
        await().until(() -> world.provider().running() == 0);
        world.store.faults().beAway(false);

        messages.forEach(message -> awaitState(message, MessageState.Kind.SENT));
        assertThat(idsTaken()).hasSize(20);
    }

    @Test
    void sendsWhatACommitStoredWhoseAnswerWasLost() {
        var lost = new LostAnswers();
        try (var unlucky = new NodeUnderTest(world, lost::over, 64).start()) {
            lost.loseNext();

            assertThat(unlucky.trigger(unlucky.command("r", "ada")))
                    .isInstanceOf(TriggerResult.Unavailable.class);
            assertThat(unlucky.trigger(unlucky.command("r", "ada")))
                    .isInstanceOfSatisfying(
                            TriggerResult.Answered.class,
                            answered -> assertThat(answered.duplicate()).isTrue());
            world.clock.advance(Duration.ofSeconds(3));
            unlucky.strays.release();

            await().until(() -> world.provider().taken().size() == 1);
        }
    }

    @Test
    void neverHasMoreInHandOverThanSlotsWhileItsConfigurationChanges() {
        InMemoryProvider first = world.provider();
        first.stall();
        node.start();
        List<MessageId> messages = node.triggerEach(30);
        await().until(() -> first.running() == DeliveryWorld.SLOTS);

        world.updateConfiguration();
        world.provider().stall();
        node.delivery.refresh();
        first.letGo(3);
        await().until(() -> world.provider().running() >= 3);

        assertThat(node.delivery.inHandOver()).isEqualTo(DeliveryWorld.SLOTS);
        first.goOn();
        world.provider().goOn();
        messages.forEach(message -> awaitState(message, MessageState.Kind.SENT));
        assertThat(first.taken()).hasSize(DeliveryWorld.SLOTS);
    }

    @Test
    void handsNothingOverByAConfigurationThatHasChanged() {
        node.start();
        InMemoryProvider former = world.provider();
        world.updateConfiguration();
        MessageId message = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));
        await().until(() -> node.holds(List.of(message)) == 0);
        assertThat(former.handedOver()).isEmpty();

        node.delivery.refresh();

        awaitState(message, MessageState.Kind.SENT);
        assertThat(former.handedOver()).isEmpty();
    }

    @Test
    void sendsThroughTheOthersWhenAConfigurationCannotBeUsed() {
        world.addUnusableConfiguration();
        node.start();

        node.delivery.refresh();

        MessageId message = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));
        awaitState(message, MessageState.Kind.SENT);
    }

    @Nested
    class Draining {
        @Test
        void finishesWhatIsInHandOverAndGivesTheRestBack() throws Exception {
            world.provider().stall();
            node.start();
            List<MessageId> messages = node.triggerEach(30);
            await().until(() -> world.provider().running() == DeliveryWorld.SLOTS);
            world.provider().outOfOrder(Duration.ofHours(1));

            var drained =
                    CompletableFuture.supplyAsync(() -> {
                        try {
                            node.claimer.stop();
                            return node.delivery.drain(Duration.ofSeconds(60));
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            world.provider().goOn();

            assertThat(drained).succeedsWithin(Patience.TIME).isEqualTo(true);
            assertThat(messages.stream().map(DeliveryTest.this::state))
                    .doesNotContain(MessageState.Kind.SENDING);
            assertThat(idsTaken()).hasSize(DeliveryWorld.SLOTS);
            world.provider().outOfOrder(Duration.ZERO);
            try (var next = new NodeUnderTest(world).start()) {
                assertThat(next.node).isNotEqualTo(node.node);
                messages.forEach(message -> awaitState(message, MessageState.Kind.SENT));
            }
            assertThat(idsTaken()).hasSize(30).doesNotHaveDuplicates();
        }
    }
}
