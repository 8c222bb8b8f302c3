package io.campanile.application.eligibility;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Why a message went where it went is told by what was known then.
class MessageExplanationTest {
    private static final AttemptOutcome BUSY =
            new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, new ProviderReply(451, "4.3.0"), null);

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final NodeUnderTest node = new NodeUnderTest(world);
    private final DecideRecipients eligibility = new DecideRecipients(world.facts, world.rules);
    private final ExplainMessage explanations = new ExplainMessage(world.store.messages());

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void rememberTheYesThatWasTakenBack() {
        say("ada", ConsentState.GRANTED);
        List<Verdict> then = verdictsNow("ada");
        node.start();
        MessageId sent = settled("ada");

        world.clock.advance(Duration.ofSeconds(9));
        say("ada", ConsentState.DENIED);

        assertThat(verdictsNow("ada")).isNotEqualTo(then);
        assertThat(explained(sent))
                .isEqualTo(decided(null, then, world.clock.instant().minusSeconds(9)));
    }

    @Test
    void rememberTheSuppressionThatIsGone() {
        Suppression entry = suppress("ada@example.com");
        List<Verdict> then = verdictsNow("ada");
        node.start();
        MessageId excluded = settled("ada");

        world.suppressions.delete(WorkspaceId.DEFAULT, entry.id());

        assertThat(explained(excluded))
                .isEqualTo(decided(Reason.ADDRESS_SUPPRESSED, then, world.clock.instant()));
    }

    @Test
    void needNoRecordWhereNothingWasKnown() {
        List<Verdict> then = verdictsNow("ada");
        node.start();
        MessageId sent = settled("ada");

        suppress("ada@example.com");

        assertThat(world.store.messages().decision(WorkspaceId.DEFAULT, sent)).isEmpty();
        assertThat(explained(sent)).isEqualTo(decided(null, then, null));
        assertThat(then)
                .extracting(Verdict::decision)
                .allMatch(decision -> decision.equals(new Decision.Deliver()));
    }

    @Test
    void sayNoMoreOfSomebodyWhoWasErasedThanWhyTheyGotNothing() {
        node.start();
        MessageId sent = settled("ada");
        suppress("bob@example.com");
        MessageId excluded = settled("bob");

        erase("ada");
        erase("bob");

        assertThat(explained(sent)).isEqualTo(new MessageExplanation.Erased(null));
        assertThat(explained(excluded))
                .isEqualTo(new MessageExplanation.Erased(Reason.ADDRESS_SUPPRESSED));
    }

    private void erase(String person) {
        world.store
                .erasures()
                .begin(
                        new Erasure(
                                new PersonNames(
                                        new ProfileId(UUID.randomUUID()),
                                        WorkspaceId.DEFAULT,
                                        Set.of(Identity.of(address(person))),
                                        Set.of(address(person)),
                                        Set.of()),
                                world.clock.instant()));
        world.clock.advance(Duration.ofMinutes(1));
        world.store.erasures().goOn(world.clock.instant(), _ -> {});
    }

    @Test
    void tellWhatTheLastDecisionRestedOn() {
        Suppression entry = suppress("example.com", Duration.ofMillis(1));
        world.clock.advance(Duration.ofMillis(1));
        world.provider().answerNext(BUSY);
        node.start();
        MessageId message = triggered("ada");
        await().until(() -> view(message).state() == MessageState.Kind.DEFERRED);
        assertThat(explained(message)).isInstanceOf(MessageExplanation.Decided.class);

        world.suppressions.delete(WorkspaceId.DEFAULT, entry.id());
        world.clock.advance(Duration.ofMinutes(5));
        await().until(() -> view(message).state() == MessageState.Kind.SENT);

        assertThat(explained(message))
                .isEqualTo(decided(null, verdictsNow("ada"), world.clock.instant()));
    }

    @Test
    void sayWhetherADecisionIsStillToComeOrNeverCame() {
        world.store.control(
                world.campaign.id(), new CampaignControl(true, 1, CampaignControl.Delivery.HOLD));
        node.start();
        MessageId message = triggered("ada");

        assertThat(explained(message)).isEqualTo(new MessageExplanation.Pending());

        world.store.control(
                world.campaign.id(),
                new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL));
        world.clock.advance(Duration.ofMinutes(1));
        await().until(() -> {
            world.store.queue().cancelStopped(10, world.clock.instant());
            return view(message).state() == MessageState.Kind.CANCELLED;
        });
        assertThat(explained(message)).isEqualTo(new MessageExplanation.NeverDecided());
        world.store.control(
                world.campaign.id(),
                new CampaignControl(true, 1, CampaignControl.Delivery.DELIVER));
    }

    @Test
    void tellWhyAMailCouldNotBeRendered() {
        node.start();
        var command =
                NodeUnderTest.command(
                        world.campaign,
                        "poison",
                        NodeUnderTest.recipient("eve", DeliveryWorld.UNRENDERABLE),
                        TriggerCommand.WaitFor.ACCEPTED);
        MessageId failed = NodeUnderTest.onlyMessage(node.trigger(command));
        await().until(() -> view(failed).state() == MessageState.Kind.FAILED);

        assertThat(explained(failed))
                .isEqualTo(
                        new MessageExplanation.Decided(
                                null,
                                verdictsNow("eve"),
                                world.clock.instant(),
                                "content.reply_to is not an email address once rendered"));
    }

    @Test
    void areNotThereForUnknownMessages() {
        assertThat(explanations.explain(WorkspaceId.DEFAULT, new MessageId(new UUID(1, 1))))
                .isEmpty();
        node.start();
        assertThat(explanations.explain(new WorkspaceId("other"), settled("ada"))).isEmpty();
    }

    private static MessageExplanation decided(
            @Nullable Reason reason, List<Verdict> verdicts, @Nullable Instant time) {
        return new MessageExplanation.Decided(reason, verdicts, time, "");
    }

    private MessageExplanation explained(MessageId message) {
        return explanations.explain(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    private List<Verdict> verdictsNow(String person) {
        var subject =
                new Subject(
                        new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.SERVICE, ""),
                        List.of(),
                        new Identity(Identity.EMAIL, address(person).value()),
                        address(person),
                        false,
                        null);
        return eligibility.explain(subject, world.clock.instant());
    }

    private static EmailAddress address(String person) {
        return new EmailAddress(person + "@example.com");
    }

    private MessageId triggered(String person) {
        return NodeUnderTest.onlyMessage(node.trigger(node.command("for-" + person, person)));
    }

    private MessageId settled(String person) {
        MessageId message = triggered(person);
        await().until(() -> !view(message).state().isOpen());
        return message;
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    private void say(String person, ConsentState state) {
        world.consents.add(
                new ConsentRecord(
                        new ConsentRecordId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        new ConsentSubject.OfAddress(address(person)),
                        new ConsentLevel(Channel.EMAIL, Purpose.SERVICE, ""),
                        state,
                        "checkout",
                        "",
                        Actor.SYSTEM,
                        world.clock.instant(),
                        world.clock.instant()),
                true);
    }

    private Suppression suppress(String target) {
        return suppress(target, Duration.ofDays(1));
    }

    private Suppression suppress(String target, Duration howLong) {
        Instant now = world.clock.instant();
        Suppression entry = aSuppression(target, now).until(now.plus(howLong)).build();
        assertThat(enter(world.suppressions, entry)).isTrue();
        return entry;
    }
}
