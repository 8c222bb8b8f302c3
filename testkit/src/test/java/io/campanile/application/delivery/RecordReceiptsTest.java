package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.receipt.ReceiptResult;
import io.campanile.application.receipt.ReceiptResult.Recorded;
import io.campanile.application.receipt.ReceiptResult.Rejected;
import io.campanile.application.receipt.RecordReceipts;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
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
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.channel.ChannelConfigurationBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// What is reported after the hand-over counts for the message, and for every message after it.
class RecordReceiptsTest {
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");
    private static final BouncedAddress BOUNCED = BouncedAddress.of(WorkspaceId.DEFAULT, ADA);

    private final DeliveryWorld world =
            new DeliveryWorld(
                    Category.TRANSACTIONAL, ChannelConfigurationBuilder::bypassingComplaints);
    private final NodeUnderTest node = new NodeUnderTest(world).start();
    private final RecordReceipts receipts =
            new RecordReceipts(
                    world.store.receipts(),
                    new SuppressBounced(
                            world.bounces, world.suppressions, new BounceRule(5), UUID::randomUUID),
                    world.transactions,
                    world.clock);

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

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
    void anAddressThatDoesNotExistIsWrittenToNoMore() {
        MessageId message = sent();
        var _ = report(bounced(message, "a", "5.1.1"));

        assertThat(entry())
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
                    assertThat(entry.note())
                            .isEqualTo("workspaces/default/messages/" + message + ": 5.1.1");
                });
        assertThat(view(settled()).reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED);
    }

    @Test
    void softBouncesAddUpUntilMailArrives() {
        for (int day = 1; day <= 4; day++) {
            var _ = report(bounced(sent(), "a", "5.2.2"));
            assertThat(count()).isEqualTo(day);
            world.clock.advance(Duration.ofDays(1));
        }
        Receipt late = at(delivered(sent(), "a"), world.clock.instant().minus(Duration.ofDays(2)));
        assertThat(report(late)).containsExactly(new Rejected(ReceiptRefusal.TIME_WRONG));
        assertThat(count()).isEqualTo(4);

        var _ = report(delivered(sent(), "a"));
        assertThat(count()).isZero();

        world.clock.advance(Duration.ofDays(1));
        var _ = report(bounced(sent(), "a", "5.2.2"));
        assertThat(count()).isEqualTo(1);
        assertThat(entry()).isEmpty();
    }

    @Test
    void theFifthSoftBounceIsTooMany() {
        for (int day = 1; day <= 5; day++) {
            assertThat(entry()).isEmpty();
            var _ = report(bounced(sent(), "a", "4.2.2"));
            world.clock.advance(Duration.ofDays(1));
        }

        assertThat(entry().map(Suppression::reason)).contains(SuppressionReason.SOFT_BOUNCES);
        assertThat(count()).isZero();
    }

    @Test
    void blocksSayNothingOfTheAddress() {
        var _ = report(bounced(sent(), "a", "5.7.1"));

        assertThat(entry()).isEmpty();
        assertThat(count()).isZero();
    }

    @Test
    void whoComplainedIsSuppressedAndWhoBouncesAfterwardsForGood() {
        MessageId message = sent();
        var _ = report(complained(message, "a"));
        assertThat(entry().map(Suppression::reason)).contains(SuppressionReason.COMPLAINT);
        assertThat(view(message).state()).isEqualTo(Kind.DELIVERED);

        var _ = report(bounced(sent(), "a", "5.1.1"));
        assertThat(entry())
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
                    assertThat(entry.note()).endsWith("there was a complaint before");
                });
    }

    @Test
    void oneCallMayHaveBothOfOneAddress() {
        MessageId one = sent();
        MessageId other = sent();

        var _ = report(complained(one, "a"), bounced(other, "a", "5.1.1"), complained(one, "b"));

        assertThat(entry().map(Suppression::reason)).contains(SuppressionReason.HARD_BOUNCE);
    }

    @Test
    void aComplaintWeakensNoEntry() {
        MessageId message = sent();
        Suppression byHand = byHand(null);
        assertThat(world.suppressions.insert(byHand)).isTrue();

        var _ = report(complained(message, "a"));

        assertThat(entry()).contains(byHand);
    }

    @Test
    void aComplaintOutlastsAnEntryThatExpires() {
        MessageId message = sent();
        Suppression byHand = byHand(world.clock.instant().plusSeconds(60));
        assertThat(world.suppressions.insert(byHand)).isTrue();

        var _ = report(complained(message, "a"));

        assertThat(entry())
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.MANUAL);
                    assertThat(entry.expireTime()).isNull();
                });
    }

    @Test
    void aBounceOutlastsAnEntryThatExpires() {
        MessageId message = sent();
        Suppression byHand = byHand(world.clock.instant().plusSeconds(60));
        assertThat(world.suppressions.insert(byHand)).isTrue();

        var _ = report(bounced(message, "a", "5.1.1"));

        assertThat(entry())
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
                    assertThat(entry.expireTime()).isNull();
                });
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

    private List<ReceiptResult> report(Receipt... reported) {
        return receipts.record(WorkspaceId.DEFAULT, List.of(reported), false);
    }

    private Receipt delivered(MessageId message, String id) {
        return new Receipt(message, id, ReceiptKind.DELIVERED, "", "", world.clock.instant());
    }

    private Receipt complained(MessageId message, String id) {
        return new Receipt(message, id, ReceiptKind.COMPLAINED, "", "", world.clock.instant());
    }

    private Receipt bounced(MessageId message, String id, String status) {
        return new Receipt(message, id, ReceiptKind.BOUNCED, status, "who?", world.clock.instant());
    }

    private static Receipt at(Receipt receipt, Instant time) {
        return new Receipt(
                receipt.message(),
                receipt.id(),
                receipt.kind(),
                receipt.enhancedCode(),
                receipt.diagnostic(),
                time);
    }

    private static AttemptOutcome refused() {
        return new AttemptOutcome.Refused(Reason.POLICY_REFUSED, new ProviderReply(550, "5.7.1"));
    }

    private Suppression byHand(@Nullable Instant expireTime) {
        return aSuppression(ADA, world.clock.instant())
                .noting("asked by phone")
                .until(expireTime)
                .build();
    }

    private Optional<Suppression> entry() {
        return world.suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(ADA));
    }

    private int count() {
        return Stream.of(world.bounces.lock(List.of(BOUNCED)))
                .flatMap(counts -> counts.values().stream())
                .mapToInt(BounceCount::bounces)
                .sum();
    }

    private MessageId sent() {
        MessageId message = settled();
        assertThat(view(message).state()).isEqualTo(Kind.SENT);
        return message;
    }

    private MessageId settled() {
        MessageId message = triggered();
        await().until(() -> !view(message).state().isOpen());
        return message;
    }

    private MessageId triggered() {
        return triggered("ada");
    }

    private MessageId triggered(String person) {
        return NodeUnderTest.onlyMessage(
                node.trigger(node.command(UUID.randomUUID().toString(), person)));
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }
}
