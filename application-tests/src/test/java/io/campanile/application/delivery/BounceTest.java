package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the provider says of an address counts for every message after it.
class BounceTest {
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");
    private static final AttemptOutcome UNKNOWN =
            refused(Reason.ADDRESS_REFUSED, "5.1.1", RefusedPart.RECIPIENT);
    private static final AttemptOutcome FULL =
            refused(Reason.MESSAGE_REFUSED, "5.2.2", RefusedPart.RECIPIENT);
    private static final AttemptOutcome BLOCKED =
            refused(Reason.POLICY_REFUSED, "5.7.1", RefusedPart.RECIPIENT);

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final NodeUnderTest node = new NodeUnderTest(world).start();

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void anAddressThatDoesNotExistIsWrittenToOnce() {
        world.provider().answerNext(UNKNOWN);
        MessageId message = settled("ada");

        assertThat(reason(message)).isEqualTo(Reason.ADDRESS_REFUSED);
        awaitEntry();
        assertThat(entry())
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
                    assertThat(entry.note())
                            .isEqualTo("workspaces/default/messages/" + message + ": 550 5.1.1");
                    assertThat(entry.expireTime()).isNull();
                });
        assertThat(reason(settled("ada"))).isEqualTo(Reason.ADDRESS_SUPPRESSED);
        assertThat(view(settled("bob")).reason()).isNull();
        assertThat(world.provider().handedOver()).hasSize(2);
    }

    @Test
    void softBouncesAddUpWhenTheyAreADayApart() {
        for (int day = 1; day <= 4; day++) {
            world.provider().answerNext(FULL, FULL);
            settled("ada");
            settled("ada");
            awaitBounces(day);
            assertThat(entry()).as("day " + day).isEmpty();
            world.clock.advance(Duration.ofDays(1));
        }
        world.provider().answerNext(FULL);
        settled("ada");
        awaitEntry();

        assertThat(entry())
                .hasValueSatisfying(entry ->
                        assertThat(entry.reason()).isEqualTo(SuppressionReason.SOFT_BOUNCES));
        assertThat(world.bounces.lock(List.of(bounced()))).isEmpty();
        assertThat(reason(settled("ada"))).isEqualTo(Reason.ADDRESS_SUPPRESSED);
    }

    /// Transactions of the fakes are none: who sees the outcome may not see yet what comes of it.
    private void awaitEntry() {
        await().until(() -> entry().isPresent());
    }

    private void awaitBounces(int bounces) {
        await().until(() ->
                world.bounces.lock(List.of(bounced())).values().stream()
                        .anyMatch(count -> count.bounces() == bounces));
    }

    @Test
    void severalInOneBatchCountAsOne() {
        world.provider().answer(_ -> FULL);
        world.provider().stall();
        List<MessageId> messages =
                List.of(triggered("ada"), triggered("ada"), triggered("ada"), triggered("ada"));
        await().until(() -> world.provider().running() == 4);
        world.provider().goOn();
        messages.forEach(this::awaitSettled);
        awaitBounces(1);

        assertThat(world.bounces.lock(List.of(bounced())).values())
                .extracting(BounceCount::bounces)
                .containsExactly(1);
    }

    @Test
    void whatIsNotAboutTheAddressLeavesItAlone() {
        var busy =
                new AttemptOutcome.Busy(
                        Reason.ADDRESS_BUSY, new ProviderReply(452, "4.2.2"), Duration.ofDays(30));
        var ofTheMail = refused(Reason.MESSAGE_REFUSED, "5.6.0", RefusedPart.CONTENT);
        world.provider().answerNext(BLOCKED, ofTheMail, busy, busy);

        assertThat(reason(settled("ada"))).isEqualTo(Reason.POLICY_REFUSED);
        assertThat(reason(settled("ada"))).isEqualTo(Reason.MESSAGE_REFUSED);
        assertThat(view(expired("ada")).attempts()).isEqualTo(2);
        assertThat(entry()).isEmpty();
        assertThat(world.bounces.lock(List.of(bounced()))).isEmpty();
    }

    @Test
    void anEntryWithoutAnEndStaysAsItIs() {
        world.provider().stall();
        MessageId message = triggered("ada");
        await().until(() -> world.provider().running() == 1);
        Suppression byHand = byHand();
        assertThat(enter(world.suppressions, byHand)).isTrue();

        world.provider().answerNext(UNKNOWN);
        world.provider().goOn();
        awaitSettled(message);

        assertThat(entry()).contains(byHand);
    }

    @Test
    void noneIsLostWhileTheDatabaseIsAway() {
        world.provider().answerNext(UNKNOWN);
        world.provider().stall();
        MessageId message = triggered("ada");
        await().until(() -> world.provider().running() == 1);
        world.store.faults().beAway(true);
        world.provider().goOn();
        await().until(() -> world.provider().running() == 0);
        assertThat(entry()).isEmpty();

        world.store.faults().beAway(false);
        awaitSettled(message);
        awaitEntry();
    }

    private static AttemptOutcome refused(Reason reason, String enhanced, RefusedPart part) {
        return new AttemptOutcome.Refused(reason, new ProviderReply(550, enhanced), part);
    }

    private Suppression byHand() {
        return aSuppression(ADA, world.clock.instant()).noting("asked by phone").build();
    }

    private static BouncedAddress bounced() {
        return BouncedAddress.of(WorkspaceId.DEFAULT, ADA);
    }

    private Optional<Suppression> entry() {
        return world.suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(ADA));
    }

    private MessageId settled(String person) {
        MessageId message = triggered(person);
        awaitSettled(message);
        return message;
    }

    /// Tried again shortly before it expires, however long it is asked to wait.
    private MessageId expired(String person) {
        MessageId message = triggered(person);
        await().until(() -> view(message).state() == MessageState.Kind.DEFERRED);
        world.clock.set(Optional.ofNullable(view(message).dueTime()).orElseThrow());
        await().until(() -> view(message).state() == MessageState.Kind.EXPIRED);
        return message;
    }

    private MessageId triggered(String person) {
        return NodeUnderTest.onlyMessage(
                node.trigger(node.command(UUID.randomUUID().toString(), person)));
    }

    private void awaitSettled(MessageId message) {
        await().until(() -> !view(message).state().isOpen());
    }

    private Reason reason(MessageId message) {
        Reason reason = view(message).reason();
        return reason == null ? Reason.SCHEDULED : reason;
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }
}
