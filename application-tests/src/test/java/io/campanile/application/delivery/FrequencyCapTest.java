package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;
import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// Frequency caps are exact, whatever becomes of the messages they count.
class FrequencyCapTest {
    private static final ProviderReply REPLY = new ProviderReply(451, "4.3.0");
    private static final AttemptOutcome BUSY =
            new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, REPLY, null);

    private final DeliveryWorld world = new DeliveryWorld(Category.MARKETING);
    private final NodeUnderTest node = new NodeUnderTest(world);

    @BeforeEach
    void capAtTwoAnHour() {
        world.ruleSets.insert(aRuleSet().atMost(2, Duration.ofHours(1)).build());
    }

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void sendsNoMoreThanTheCapAndAgainAfterTheWindow() {
        node.start();

        List<MessageId> first = triggered("ada", 6);
        MessageId other = triggered("bob", 1).getFirst();
        awaitSettled(first);
        awaitSettled(List.of(other));
        assertThat(states(first)).containsEntry("SENT", 2L).containsEntry("FREQUENCY_CAPPED", 4L);
        assertThat(state(other)).isEqualTo("SENT");

        world.clock.advance(Duration.ofMinutes(59));
        assertThat(settled("ada")).isEqualTo("FREQUENCY_CAPPED");

        world.clock.advance(Duration.ofMinutes(1));
        List<MessageId> again = triggered("ada", 6);
        awaitSettled(again);
        assertThat(states(again)).containsEntry("SENT", 2L);
    }

    @Test
    void countsWhatHasToWaitForAConnectionByCapsThatComeIntoForceMeanwhile() {
        node.start();
        world.provider().stall();
        List<MessageId> waiting = triggered("ada", 2);
        await().until(() -> world.provider().running() == 2);
        world.ruleSets.insert(aRuleSet().named("strict").atMost(1, Duration.ofDays(1)).build());
        world.clock.advance(Duration.ofSeconds(2));
        world.provider().goOn();

        awaitSettled(waiting);
        assertThat(states(waiting)).containsEntry("SENT", 1L).containsEntry("FREQUENCY_CAPPED", 1L);
        assertThat(settled("ada")).isEqualTo("FREQUENCY_CAPPED");
    }

    @Test
    void obeysWhatIsSaidWhileAMarkWaitsForSomebodyElse() {
        world.store
                .reservations()
                .duringNextLock(() -> {
                    enter(world.suppressions, suppressed("ada@example.com"));
                    world.clock.advance(Duration.ofMillis(1_001));
                });
        node.start();

        assertThat(settled("ada")).isEqualTo("ADDRESS_SUPPRESSED");
        assertThat(world.provider().taken()).isEmpty();
        // What it had reserved was given back.
        List<MessageId> later = triggered("bob", 3);
        awaitSettled(later);
        assertThat(states(later)).containsEntry("SENT", 2L);
    }

    private Suppression suppressed(String address) {
        return aSuppression(address, world.clock.instant()).build();
    }

    @Test
    void countsAPersonWhateverIdentityIsUsed() {
        node.start();
        assertThat(settled("ada")).isEqualTo("SENT");
        var identities = List.of(email("ada"), email("countess"));
        world.profiles.insert(
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        identities,
                        ProfileDetails.NONE,
                        world.clock.instant()));

        assertThat(settled("ada")).isEqualTo("SENT");
        assertThat(settled("ada")).isEqualTo("FREQUENCY_CAPPED");
        assertThat(settled("countess")).isEqualTo("SENT");
        assertThat(settled("countess")).isEqualTo("FREQUENCY_CAPPED");
    }

    @Test
    void countsForAPersonWhatWasSentBeforeAnIdentityPointedAtThem() {
        node.start();
        assertThat(settled("ada")).isEqualTo("SENT");
        upsert("countess", "lovelace");
        assertThat(settled("countess")).isEqualTo("SENT");

        upsert("countess", "ada");

        assertThat(settled("lovelace")).isEqualTo("FREQUENCY_CAPPED");
        assertThat(settled("ada")).isEqualTo("FREQUENCY_CAPPED");
    }

    private void upsert(String... addresses) {
        var _ =
                world.manageProfiles()
                        .upsert(
                                WorkspaceId.DEFAULT,
                                Arrays.stream(addresses).map(FrequencyCapTest::email).toList(),
                                DetailsChange.NOTHING,
                                ChangeCall.by(Actor.SYSTEM));
    }

    private static Identity email(String person) {
        return new Identity(Identity.EMAIL, person + "@example.com");
    }

    @Test
    void givesBackWhatWasCertainlyNotSent() {
        world.provider().answerNext(new AttemptOutcome.Refused(Reason.POLICY_REFUSED, REPLY), BUSY);
        node.start();
        assertThat(settled("ada")).isEqualTo("POLICY_REFUSED");
        MessageId deferred = triggered("ada", 1).getFirst();
        await().until(() -> state(deferred).equals("PROVIDER_BUSY"));

        // While it waits, it reserves nothing: two others go first.
        assertThat(settled("ada")).isEqualTo("SENT");
        assertThat(settled("ada")).isEqualTo("SENT");
        world.clock.advance(Duration.ofMinutes(1));

        awaitSettled(List.of(deferred));
        assertThat(state(deferred)).isEqualTo("FREQUENCY_CAPPED");
    }

    @Test
    void aMessageThatIsTriedAgainCountsOnce() {
        world.provider().answerNext(BUSY);
        node.start();
        MessageId deferred = triggered("ada", 1).getFirst();
        await().until(() -> state(deferred).equals("PROVIDER_BUSY"));
        world.clock.advance(Duration.ofMinutes(1));
        awaitSettled(List.of(deferred));

        assertThat(state(deferred)).isEqualTo("SENT");
        assertThat(settled("ada")).isEqualTo("SENT");
        assertThat(settled("ada")).isEqualTo("FREQUENCY_CAPPED");
    }

    @Test
    void keepsWhatMayHaveBeenSent() {
        var ambiguous = new AttemptOutcome.Ambiguous(ProviderReply.NONE);
        world.provider().answerNext(ambiguous, ambiguous);
        node.start();

        assertThat(settled("ada")).isEqualTo("UNKNOWN");
        assertThat(settled("ada")).isEqualTo("UNKNOWN");
        assertThat(settled("ada")).isEqualTo("FREQUENCY_CAPPED");
    }

    @Test
    void leavesToOthersWhatAMarkDidNotTake() {
        node.startIntakeOnly();
        List<MessageId> messages = triggered("ada", 3);
        world.store.control(
                world.campaign.id(), new CampaignControl(true, 1, CampaignControl.Delivery.HOLD));
        node.delivery.start();
        node.claimer.start();
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(world.provider().taken()).isEmpty();
        Instant resumed = world.clock.instant();

        world.store.control(
                world.campaign.id(),
                new CampaignControl(true, 1, CampaignControl.Delivery.DELIVER));
        world.clock.advance(Duration.ofMinutes(1));

        awaitSettled(messages);
        assertThat(states(messages)).containsEntry("SENT", 2L);
        assertThat(messages)
                .allSatisfy(message -> assertThat(view(message).stateTime()).isAfter(resumed));
    }

    @Test
    void countsEachMessageOnceWhenTheirMarkIsRepeated() {
        node.startIntakeOnly();
        List<MessageId> messages = triggered("ada", 3);
        world.transactions.loseNextAnswer();

        node.delivery.start();
        node.claimer.start();

        awaitSettled(messages);
        assertThat(states(messages))
                .containsEntry("SENT", 2L)
                .containsEntry("FREQUENCY_CAPPED", 1L);
    }

    @Test
    void obeysRuleSetsThatAreMadeOrRetiredMeanwhile() {
        node.start();
        RuleSet strict = aRuleSet().named("strict").atMost(1, Duration.ofDays(1)).build();
        assertThat(settled("ada")).isEqualTo("SENT");
        world.ruleSets.insert(strict);
        assertThat(settled("ada")).isEqualTo("SENT");
        assertThat(settled("bob")).isEqualTo("SENT");
        assertThat(settled("bob")).isEqualTo("FREQUENCY_CAPPED");

        world.ruleSets.delete(strict.id());
        assertThat(settled("bob")).isEqualTo("SENT");
    }

    @Test
    void foretellsWithoutReserving() {
        node.start();
        for (int round = 0; round < 5; round++) {
            assertThat(foretold("ada")).isEqualTo(new Forecast.Accepted());
        }
        assertThat(settled("ada")).isEqualTo("SENT");
        assertThat(settled("ada")).isEqualTo("SENT");
        assertThat(foretold("ada")).hasFieldOrPropertyWithValue("reason", Reason.FREQUENCY_CAPPED);
    }

    @Test
    void foretellsThatMessagesOfOneCallCountForThoseBehindThem() {
        upsert("ada", "countess", "lovelace");
        node.start();

        assertThat(foretold("ada", "countess", "bob", "lovelace"))
                .extracting(Forecast::getClass)
                .containsExactly(
                        Forecast.Accepted.class,
                        Forecast.Accepted.class,
                        Forecast.Accepted.class,
                        Forecast.Excluded.class);
    }

    @Test
    void isExactWhenNodesRace() {
        try (var other = new NodeUnderTest(world)) {
            node.start();
            other.start();
            List<CompletableFuture<TriggerResult>> answers = new ArrayList<>();
            for (int number = 0; number < 60; number++) {
                NodeUnderTest through = number % 2 == 0 ? node : other;
                answers.add(through.triggerLater(through.command("race-" + number, "ada")));
            }
            List<MessageId> messages =
                    answers.stream()
                            .map(CompletableFuture::join)
                            .map(NodeUnderTest::onlyMessage)
                            .toList();

            awaitSettled(messages);
            assertThat(states(messages))
                    .containsEntry("SENT", 2L)
                    .containsEntry("FREQUENCY_CAPPED", 58L);
        }
        assertThat(world.provider().taken()).hasSize(2);
    }

    private Forecast foretold(String person) {
        return foretold(new String[] {person}).getFirst();
    }

    private List<Forecast> foretold(String... people) {
        List<TriggerCommand.Entry> entries =
                Arrays.stream(people)
                        .map(person -> NodeUnderTest.recipient(person, Map.of()))
                        .map(recipient -> new TriggerCommand.Entry(recipient, List.of(), ""))
                        .toList();
        var command =
                new TriggerCommand(
                        new TriggerEnvelope(
                                world.campaign.name(), "foretold", Map.of(), null, null),
                        entries,
                        TriggerCommand.WaitFor.ACCEPTED,
                        true,
                        CallerPatience.until(null));
        if (node.trigger(command) instanceof TriggerResult.Validated(var forecasts)) {
            return forecasts;
        }
        throw new AssertionError("not validated");
    }

    /// What becomes of one more message.
    private String settled(String person) {
        List<MessageId> one = triggered(person, 1);
        awaitSettled(one);
        return state(one.getFirst());
    }

    private List<MessageId> triggered(String person, int count) {
        List<CompletableFuture<TriggerResult>> answers = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            answers.add(node.triggerLater(node.command(UUID.randomUUID().toString(), person)));
        }
        return answers.stream()
                .map(CompletableFuture::join)
                .map(NodeUnderTest::onlyMessage)
                .toList();
    }

    private void awaitSettled(List<MessageId> messages) {
        await().until(() -> messages.stream().noneMatch(id -> view(id).state().isOpen()));
    }

    private Map<String, Long> states(List<MessageId> messages) {
        return messages.stream().collect(Collectors.groupingBy(this::state, Collectors.counting()));
    }

    /// The reason, where there is one.
    private String state(MessageId message) {
        MessageView view = view(message);
        Reason reason = view.reason();
        return reason == null ? view.state().name() : reason.name();
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }
}
