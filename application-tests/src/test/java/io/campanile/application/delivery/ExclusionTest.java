package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.delivery.InMemoryProvider;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What the rules say about a person is obeyed up to the hand-over.
class ExclusionTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final NodeUnderTest node = new NodeUnderTest(world);

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void excludesWhoIsSuppressedAndSendsToTheOthers() {
        suppress("ada@example.com");
        node.start();

        MessageId suppressed = triggered("ada");
        MessageId other = triggered("bob");

        awaitExcluded(suppressed);
        await().untilAsserted(
                        () -> assertThat(view(other).state()).isEqualTo(MessageState.Kind.SENT));
        assertThat(taken()).containsExactly(other);
        assertThat(view(suppressed).attempts()).isZero();
    }

    @Test
    void obeysWhatIsRecordedAfterAMessageWasAccepted() {
        world.store.control(
                world.campaign.id(), new CampaignControl(true, 1, CampaignControl.Delivery.HOLD));
        node.start();
        MessageId accepted = triggered("ada");
        suppress("example.com");

        world.store.control(
                world.campaign.id(),
                new CampaignControl(true, 1, CampaignControl.Delivery.DELIVER));
        world.clock.advance(Duration.ofSeconds(10));

        await().untilAsserted(() ->
                assertThat(view(accepted).reason()).isEqualTo(Reason.DOMAIN_SUPPRESSED));
        assertThat(taken()).isEmpty();
    }

    @Test
    void obeysWhatIsRecordedBetweenADecisionAndAMarkThatComesLate() {
        world.facts.afterNextLoad(() -> {
            suppress("ada@example.com");
            world.clock.advance(Duration.ofMillis(1_001));
        });
        node.start();

        awaitExcluded(triggered("ada"));
        assertThat(taken()).isEmpty();
    }

    @Test
    void obeysWhatIsRecordedWhileAMarkHasToWait() {
        world.facts.afterNextLoad(() -> {
            world.clock.advance(Duration.ofMillis(1_001));
            world.facts.afterNextLoad(() -> {
                suppress("ada@example.com");
                world.clock.advance(Duration.ofMillis(1_001));
            });
        });
        node.start();
        MessageId marked = triggered("ada");

        awaitExcluded(marked);
        assertThat(view(marked).attempts()).isEqualTo(1);
        sendsToAsManyOthersAsThereAreSlots();
    }

    @Test
    void obeysWhatIsRecordedWhileAMailWaitsForAConnection() {
        node.start();
        world.provider().stall();
        MessageId waiting = triggered("ada");
        await().until(() -> world.provider().running() == 1);
        suppress("ada@example.com");
        world.clock.advance(Duration.ofSeconds(2));
        world.provider().goOn();

        awaitExcluded(waiting);
        assertThat(view(waiting).attempts()).as("nobody tried").isZero();
        assertThat(taken()).isEmpty();
        sendsToAsManyOthersAsThereAreSlots();
    }

    @Test
    void putsOffWhatNobodyCanDecideOnceMore() {
        node.start();
        MessageId waiting = waitingForAConnection();
        world.facts.afterNextLoad(ExclusionTest::fail);
        world.clock.advance(Duration.ofSeconds(2));
        world.provider().goOn();

        await().untilAsserted(
                        () -> assertThat(view(waiting).reason()).isEqualTo(Reason.DECISION_FAILED));
        assertThat(view(waiting).state()).isEqualTo(MessageState.Kind.DEFERRED);
        assertThat(view(waiting).attempts()).as("nobody tried").isZero();
        world.clock.advance(Duration.ofMinutes(10));
        await().until(() -> taken().contains(waiting));
    }

    @Test
    void handsOverAfterAnOutageWhatCouldNotBeDecidedOnceMore() {
        node.start();
        MessageId waiting = waitingForAConnection();
        world.facts.beAway(true);
        world.clock.advance(Duration.ofMinutes(50));
        world.provider().goOn();
        await().until(() -> world.facts.refusals() > 1);
        assertThat(view(waiting).attempts()).as("nobody tried").isZero();

        world.facts.beAway(false);

        await().until(() -> taken().contains(waiting));
    }

    private MessageId waitingForAConnection() {
        world.provider().stall();
        MessageId waiting = triggered("ada");
        await().until(() -> world.provider().running() == 1);
        return waiting;
    }

    @Test
    void handsOverNothingThatExpiredWhileAMarkHadToWait() {
        afterTheMark(() -> world.clock.advance(Duration.ofDays(5)));
        // The claim is over as well by then: claimed anew, the message would be in doubt.
        node.startIntakeOnly();
        node.delivery.start();
        MessageId late = triggered("ada");
        await().untilAsserted(
                        () -> assertThat(view(late).state()).isEqualTo(MessageState.Kind.DEFERRED));

        node.claimer.start();

        await().untilAsserted(
                        () -> assertThat(view(late).state()).isEqualTo(MessageState.Kind.EXPIRED));
        assertThat(view(late).attempts()).as("nobody tried").isZero();
        assertThat(taken()).isEmpty();
        sendsToAsManyOthersAsThereAreSlots();
    }

    @Test
    void givesBackWhatAnotherConfigurationIsToSend() {
        world.facts.afterNextLoad(() -> {
            world.updateConfiguration();
            node.delivery.refresh();
        });
        node.start();
        InMemoryProvider former = world.provider();

        MessageId message = triggered("ada");
        world.clock.advance(Duration.ofSeconds(1));

        await().untilAsserted(
                        () -> assertThat(view(message).state()).isEqualTo(MessageState.Kind.SENT));
        assertThat(former.taken()).isEmpty();
        assertThat(taken()).containsExactly(message);
    }

    /// Decisions that have become old are made anew before the mark and after it.
    private void afterTheMark(Runnable work) {
        world.facts.afterNextLoad(() -> {
            world.clock.advance(Duration.ofMillis(1_001));
            world.facts.afterNextLoad(() -> {
                world.clock.advance(Duration.ofMillis(1_001));
                world.facts.afterNextLoad(work);
            });
        });
    }

    @Test
    void slotsAreFreeAgainWhenAMarkIsFollowedByADefect() {
        afterTheMark(ExclusionTest::fail);
        node.start();
        MessageId putOff = triggered("ada");

        await().untilAsserted(() ->
                assertThat(view(putOff).state()).isEqualTo(MessageState.Kind.DEFERRED));
        assertThat(view(putOff).reason()).isEqualTo(Reason.DECISION_FAILED);
        assertThat(view(putOff).attempts()).as("nobody tried to connect").isZero();
        sendsToAsManyOthersAsThereAreSlots();
    }

    @Test
    void looksAtEachHalfOfAMarkedBatchThatCannotBeDecidedAnew() {
        afterTheMark(ExclusionTest::fail);
        node.start();

        node.trigger(
                new TriggerCommand(
                        new TriggerEnvelope(world.campaign.name(), "r", Map.of(), null, null),
                        List.of(entry("ada", Map.of()), entry("bob", Map.of())),
                        TriggerCommand.WaitFor.ACCEPTED,
                        false,
                        CallerPatience.until(null)));

        await().untilAsserted(() -> assertThat(taken()).hasSize(2));
        assertThat(taken())
                .allSatisfy(message -> assertThat(view(message).attempts()).isEqualTo(1));
    }

    private static void fail() {
        throw new IllegalArgumentException("as the test asked");
    }

    @Test
    void sendsToNobodyWhileTheFactsCannotBeHad() {
        world.facts.beAway(true);
        node.start();
        MessageId message = triggered("ada");
        await().until(() -> world.facts.refusals() > 0);
        assertThat(taken()).isEmpty();

        world.facts.beAway(false);

        await().untilAsserted(
                        () -> assertThat(view(message).state()).isEqualTo(MessageState.Kind.SENT));
    }

    @Test
    void waitsForTheFactsWhenADecisionThatGotOldCannotBeMadeAnew() {
        world.facts.afterNextLoad(() -> {
            world.clock.advance(Duration.ofMillis(1_001));
            world.facts.beAway(true);
        });
        node.start();
        MessageId message = triggered("ada");
        await().until(() -> world.facts.refusals() > 1);
        assertThat(view(message).attempts()).isZero();

        suppress("ada@example.com");
        world.facts.beAway(false);

        awaitExcluded(message);
        assertThat(taken()).isEmpty();
        sendsToAsManyOthersAsThereAreSlots();
    }

    @Test
    void handsOverOnceWhenTheFactsCannotBeHadAfterTheMark() {
        world.facts.afterNextLoad(() -> {
            world.clock.advance(Duration.ofMillis(1_001));
            world.facts.afterNextLoad(() -> {
                world.clock.advance(Duration.ofMillis(1_001));
                world.facts.beAway(true);
            });
        });
        node.start();
        MessageId message = triggered("ada");
        await().until(() -> world.facts.refusals() > 1);
        assertThat(view(message).state()).isEqualTo(MessageState.Kind.SENDING);
        assertThat(taken()).isEmpty();

        world.facts.beAway(false);

        await().untilAsserted(
                        () -> assertThat(view(message).state()).isEqualTo(MessageState.Kind.SENT));
        assertThat(view(message).attempts()).isEqualTo(1);
        assertThat(taken()).containsExactly(message);
        // An earlier mark may have kept what it rested on.
        assertThat(world.store.messages().decision(WorkspaceId.DEFAULT, message)).isPresent();
    }

    private void sendsToAsManyOthersAsThereAreSlots() {
        List<MessageId> others = node.triggerEach(2 * DeliveryWorld.SLOTS);
        await().untilAsserted(
                        () -> assertThat(taken()).containsExactlyInAnyOrderElementsOf(others));
    }

    @Test
    void tellsACallThatWaits() {
        suppress("ada@example.com");
        node.start();

        TriggerResult answer =
                node.triggerLater(
                                NodeUnderTest.command(
                                        world.campaign,
                                        "r",
                                        "ada",
                                        TriggerCommand.WaitFor.HANDED_OVER))
                        .orTimeout(Patience.TIME.toSeconds(), TimeUnit.SECONDS)
                        .join();

        assertThat(answer)
                .isInstanceOfSatisfying(
                        TriggerResult.Answered.class,
                        answered ->
                                assertThat(answered.states().values())
                                        .containsExactly(
                                                new MessageState.Excluded(
                                                        Reason.ADDRESS_SUPPRESSED,
                                                        world.clock.instant())));
    }

    @Test
    void foretellsWhatWouldBecomeOfEachRecipientAndWhy() {
        Suppression entry = suppress("ada@example.com");
        var command =
                new TriggerCommand(
                        new TriggerEnvelope(world.campaign.name(), "r", Map.of(), null, null),
                        List.of(entry("bob", Map.of()), entry("ada", Map.of()), reserved("eve")),
                        TriggerCommand.WaitFor.ACCEPTED,
                        true,
                        CallerPatience.until(null));

        if (!(node.trigger(command) instanceof TriggerResult.Validated(var forecasts))) {
            throw new AssertionError("not validated");
        }
        assertThat(forecasts).hasSize(3);
        assertThat(forecasts.getFirst()).isEqualTo(new Forecast.Accepted());
        assertThat(forecasts.get(1))
                .isEqualTo(
                        new Forecast.Excluded(
                                Reason.ADDRESS_SUPPRESSED,
                                entry.name()
                                        + " says no. The entry would have to be deleted or to"
                                        + " expire."));
        assertThat(forecasts.getLast()).isInstanceOf(Forecast.Rejected.class);
    }

    private static TriggerCommand.Entry entry(String person, Map<String, Object> context) {
        return new TriggerCommand.Entry(NodeUnderTest.recipient(person, context), List.of(), "");
    }

    private static TriggerCommand.Entry reserved(String person) {
        return entry(person, Map.of("system", "reserved"));
    }

    private MessageId triggered(String person) {
        return NodeUnderTest.onlyMessage(node.trigger(node.command("for-" + person, person)));
    }

    private Suppression suppress(String target) {
        Suppression entry = aSuppression(target, world.clock.instant()).build();
        assertThat(enter(world.suppressions, entry)).isTrue();
        return entry;
    }

    private void awaitExcluded(MessageId message) {
        await().untilAsserted(() ->
                assertThat(view(message).state()).isEqualTo(MessageState.Kind.EXCLUDED));
        assertThat(view(message).reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED);
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    private List<MessageId> taken() {
        return world.provider().taken().stream().map(email -> email.id()).toList();
    }
}
