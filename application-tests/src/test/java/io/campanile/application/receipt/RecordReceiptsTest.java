package io.campanile.application.receipt;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.receipt.ReceiptResult.Recorded;
import io.campanile.application.receipt.ReceiptResult.Rejected;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.receipt.ReceiptRefusal;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is reported after the hand-over counts for the message, and for every message after it.
class RecordReceiptsTest extends ReceiptScene {
    @Test
    void movesAMessageOnceAndOnlyForwards() {
        MessageId message = sent();

        assertThat(report(delivered(message, "a"), bounced(message, "b", "5.2.2")))
                .containsExactly(
                        new Recorded(message, Kind.DELIVERED, false),
                        new Recorded(message, Kind.BOUNCED, false));
        assertThat(report(delivered(message, "a"), delivered(message, "c")))
                .containsExactly(
                        new Recorded(message, Kind.BOUNCED, true),
                        new Recorded(message, Kind.BOUNCED, false));

        assertThat(view(message).reason()).isEqualTo(Reason.MESSAGE_REFUSED);
        assertThat(world.store.messages().events(message))
                .extracting(MessageEvent::type)
                .containsExactly(
                        MessageEvent.Type.ACCEPTED,
                        MessageEvent.Type.SENT,
                        MessageEvent.Type.DELIVERED,
                        MessageEvent.Type.BOUNCED,
                        MessageEvent.Type.DELIVERED);
    }

    @Test
    void saysWhatBecameOfWhatNobodyKnew() {
        world.provider().answer(_ -> new AttemptOutcome.Ambiguous(ProviderReply.NONE));
        MessageId message = triggered();
        for (int doubts = 1; doubts < 3; doubts++) {
            awaitDeferred(message, doubts);
            world.clock.set(Optional.ofNullable(view(message).dueTime()).orElseThrow());
        }
        await().until(() -> view(message).state() == Kind.UNKNOWN);

        assertThat(report(complained(message, "a")))
                .containsExactly(new Recorded(message, Kind.DELIVERED, false));
    }

    /// One of its copies may have gone out.
    @Test
    void countAlsoWhereTheMessageExpiredInDoubt() {
        world.provider().answer(_ -> new AttemptOutcome.Ambiguous(ProviderReply.NONE));
        MessageId message = triggered();
        awaitDeferred(message, 1);
        world.clock.set(view(message).expireTime());
        await().until(() -> view(message).state() == Kind.EXPIRED);

        assertThat(report(bounced(message, "a", "5.1.1")))
                .containsExactly(new Recorded(message, Kind.BOUNCED, false));
        assertThat(entry().map(Suppression::reason)).contains(SuppressionReason.HARD_BOUNCE);
    }

    @Test
    void oneBadReceiptSpoilsNoOther() {
        MessageId good = sent();
        world.provider().answerNext(refused());
        MessageId failed = settled();
        MessageId unknown = new MessageId(UUID.randomUUID());
        world.provider().stall();
        MessageId open = triggered("bob");
        await().until(() -> world.provider().running() == 1);
        Receipt tomorrow = at(delivered(good, "b"), world.clock.instant().plus(Duration.ofDays(1)));

        List<ReceiptResult> results =
                report(
                        delivered(failed, "a"),
                        delivered(unknown, "a"),
                        delivered(open, "a"),
                        tomorrow,
                        delivered(good, "a"));

        assertThat(results)
                .containsExactly(
                        new Rejected(ReceiptRefusal.MESSAGE_NOT_SENT),
                        new Rejected(ReceiptRefusal.MESSAGE_UNKNOWN),
                        new Rejected(ReceiptRefusal.MESSAGE_OPEN),
                        new Rejected(ReceiptRefusal.TIME_WRONG),
                        new Recorded(good, Kind.DELIVERED, false));
        world.provider().goOn();
    }

    @Test
    void changesNothingWhereItOnlyChecks() {
        MessageId message = sent();

        assertThat(
                        receipts.record(
                                WorkspaceId.DEFAULT, List.of(bounced(message, "a", "5.1.1")), true))
                .containsExactly(new Recorded(message, Kind.BOUNCED, false));

        assertThat(view(message).state()).isEqualTo(Kind.SENT);
        assertThat(entry()).isEmpty();
    }

    @Test
    void whatIsReportedOfErasedPeopleCountsWithoutThem() {
        MessageId message = sent();
        var person =
                new Erasure(
                        new PersonNames(
                                new ProfileId(UUID.randomUUID()),
                                WorkspaceId.DEFAULT,
                                Set.of(view(message).identity()),
                                Set.of(ADA),
                                Set.of()),
                        world.clock.instant());
        world.store.erasures().begin(person);
        assertThat(
                        world.store
                                .erasures()
                                .goOn(world.clock.instant().plus(Duration.ofHours(1)), _ -> {}))
                .isZero();
        var bounce =
                new Receipt(
                        message,
                        "a",
                        ReceiptKind.BOUNCED,
                        "5.0.0",
                        "smtp; 550 5.1.1 who?",
                        world.clock.instant());

        assertThat(report(bounce, complained(message, "b")))
                .containsExactly(
                        new Recorded(message, Kind.BOUNCED, false),
                        new Recorded(message, Kind.BOUNCED, false));

        assertThat(view(message).identity()).isEqualTo(Identity.ERASED);
        assertThat(view(message).reason()).isEqualTo(Reason.ADDRESS_REFUSED);
        assertThat(world.store.messages().events(message))
                .filteredOn(event -> event.type() == MessageEvent.Type.BOUNCED)
                .extracting(MessageEvent::reason)
                .containsExactly(Reason.ADDRESS_REFUSED);
        assertThat(world.store.messages().events(message))
                .extracting(MessageEvent::receipt)
                .endsWith(
                        new MessageEvent.ReceiptDetail("", true),
                        new MessageEvent.ReceiptDetail("", true));
        assertThat(entry()).isEmpty();
        assertThat(count()).isZero();
    }

    private void awaitDeferred(MessageId message, int attempts) {
        await().until(() -> {
            MessageView view = view(message);
            return view.state() == Kind.DEFERRED && view.attempts() == attempts;
        });
    }

    private static AttemptOutcome refused() {
        return new AttemptOutcome.Refused(Reason.POLICY_REFUSED, new ProviderReply(550, "5.7.1"));
    }
}
