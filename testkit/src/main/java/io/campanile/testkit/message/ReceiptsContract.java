package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageEvent.ReceiptDetail;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.application.receipt.port.ReportedMessage;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.eligibility.GeneratedFacts;
import io.campanile.testkit.trigger.Triggers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// What every [io.campanile.application.receipt.port.Receipts] must do to messages.
public abstract class ReceiptsContract extends ReceiptScene {
    private static final ProviderReply TAKEN = new ProviderReply(250, "2.0.0");

    private MessageId settled(Triggers trigger, MessageState state) {
        stored(trigger);
        Claim claim = marked().getFirst();
        store().queue().record(List.of(recording(claim, state)));
        return claim.message();
    }

    private MessageId sent() {
        return settled(trigger(), new MessageState.Sent(now));
    }

    private MessageView view(MessageId message) {
        return store().messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    @Test
    void looksUpWhereMessagesStandAndWent() {
        var address = new EmailAddress("Ada" + Triggers.id(now) + "@example.com");
        MessageId sent =
                settled(
                        trigger().of(new Identity("crmId", "17"), address),
                        new MessageState.Sent(now));
        MessageId failed = settled(trigger(), new MessageState.Failed(Reason.ADDRESS_REFUSED, now));
        MessageId unknown = settled(trigger(), new MessageState.Unknown(now));
        stored(trigger());
        MessageId inHandOver = marked().getFirst().message();
        MessageId open = ids(stored(trigger())).getFirst();

        Map<MessageId, ReportedMessage> found = lock(sent, failed, unknown, inHandOver, open);

        assertThat(found.get(sent)).isEqualTo(new ReportedMessage(Kind.SENT, false, null, address));
        assertThat(found)
                .hasSize(5)
                .hasEntrySatisfying(
                        failed, message -> assertThat(message.state()).isEqualTo(Kind.FAILED))
                .hasEntrySatisfying(
                        unknown,
                        message -> {
                            assertThat(message.state()).isEqualTo(Kind.UNKNOWN);
                            assertThat(message.address()).as("it may have gone there").isNotNull();
                        })
                .hasEntrySatisfying(
                        inHandOver, message -> assertThat(message.state()).isEqualTo(Kind.SENDING))
                .hasEntrySatisfying(
                        open, message -> assertThat(message.state()).isEqualTo(Kind.ACCEPTED));
        assertThat(Stream.of(failed, inHandOver, open).map(found::get))
                .as("those that went nowhere, as far as anybody knows")
                .extracting(ReportedMessage::address)
                .containsOnlyNulls();
    }

    @Test
    void findsNothingOfOtherWorkspacesAndOfNobody() {
        MessageId sent = sent();

        assertThat(
                        transactions()
                                .inTransaction(() ->
                                        receipts().lock(new WorkspaceId("other"), List.of(sent))))
                .isEmpty();
        assertThat(lock(new MessageId(Triggers.id(now)), new MessageId(UUID.randomUUID())))
                .isEmpty();
        assertThat(lock()).isEmpty();
    }

    @Test
    void findsTheAddressOfTheProfileInWhatWasDecided() {
        Facts facts = factsWithAddress();
        stored(trigger().withoutAddress(new Identity("crmId", "p" + Triggers.id(now))));
        Claim claim = claims(claim(node, now)).getFirst();
        var decision = new DecisionRecord(facts, null, now);
        store().queue().mark(node, terms(), List.of(new Marking(claim, decision)), now);
        store().queue().record(List.of(recording(claim, new MessageState.Sent(now))));

        assertThat(lock(claim.message()).get(claim.message()))
                .isEqualTo(
                        new ReportedMessage(Kind.SENT, false, null, facts.addressee().address()));
    }

    private Facts factsWithAddress() {
        var generated = new GeneratedFacts(new SplittableRandom(7), now);
        return Stream.generate(generated::next)
                .filter(facts -> facts.addressee().address() != null)
                .map(facts -> Facts.nothing(facts.occasion(), facts.addressee()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsWhatWasBeforeAsAnEventAndGoesOnCounting() {
        MessageId id = ids(stored(trigger())).getFirst();
        MessageState deferred = new MessageState.Deferred(now.plusSeconds(1), Reason.PROVIDER_BUSY);
        var busy = new ProviderReply(450, "4.2.1");
        store().queue().record(List.of(new Recording(marked().getFirst(), deferred, busy, now)));
        Instant second = now.plusSeconds(1);
        List<Claim> claims = claims(claim(node, second));
        store().queue().mark(node, terms(second), markings(claims), second);
        store().queue()
                .record(
                        List.of(
                                new Recording(
                                        claims.getFirst(),
                                        new MessageState.Sent(second),
                                        TAKEN,
                                        second)));

        add(
                delivered(id, Kind.SENT),
                receipt(id, "one", ReceiptKind.DELIVERED),
                receipt(id, "two", ReceiptKind.COMPLAINED));
        assertThat(view(id))
                .satisfies(view -> {
                    assertThat(view.state()).isEqualTo(Kind.DELIVERED);
                    assertThat(view.reason()).isNull();
                    assertThat(view.reply()).isEqualTo(TAKEN);
                    assertThat(view.stateTime()).isEqualTo(now.plusSeconds(3));
                });
        add(bounced(id, null, Kind.DELIVERED), receipt(id, "three", ReceiptKind.BOUNCED));

        var reported = ProviderReply.reported("5.1.1");
        assertThat(view(id))
                .satisfies(view -> {
                    assertThat(view.state()).isEqualTo(Kind.BOUNCED);
                    assertThat(view.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
                    assertThat(view.reply()).isEqualTo(reported);
                });
        Instant then = now.plusSeconds(3);
        assertThat(store().messages().events(id))
                .containsExactly(
                        new MessageEvent(0, Kind.ACCEPTED, null, 0, ProviderReply.NONE, now),
                        new MessageEvent(1, Kind.DEFERRED, Reason.PROVIDER_BUSY, 1, busy, now),
                        new MessageEvent(2, Kind.SENT, null, 2, TAKEN, second),
                        event(3, ReceiptKind.DELIVERED, null, ProviderReply.NONE, ""),
                        event(4, ReceiptKind.COMPLAINED, null, ProviderReply.NONE, ""),
                        event(
                                5,
                                ReceiptKind.BOUNCED,
                                Reason.ADDRESS_REFUSED,
                                reported,
                                DIAGNOSTIC));
        assertThat(store().messages().happened(List.of(sent(), id)))
                .isEqualTo(Map.of(id, store().messages().events(id).subList(1, 6)));
        assertThat(store().settledStates().settledAmong(List.of(id)))
                .containsEntry(id, new MessageState.Bounced(Reason.ADDRESS_REFUSED, then));
    }

    private MessageEvent event(
            int number,
            ReceiptKind kind,
            @Nullable Reason reason,
            ProviderReply reply,
            String diagnostic) {
        return new MessageEvent(
                number,
                MessageEvent.Type.of(kind),
                reason,
                2,
                reply,
                now.plusSeconds(3),
                new ReceiptDetail(diagnostic, false));
    }

    @Test
    void remembersWhatWasReportedOfWhichMessage() {
        MessageId one = sent();
        MessageId other = sent();
        add(delivered(one, Kind.SENT), receipt(one, "a", ReceiptKind.DELIVERED));

        assertThat(
                        receipts()
                                .recorded(
                                        List.of(
                                                new Receipt.Key(one, "a"),
                                                new Receipt.Key(one, "b"),
                                                new Receipt.Key(other, "a"))))
                .containsExactly(new Receipt.Key(one, "a"));
        assertThat(receipts().recorded(List.of())).isEmpty();
    }

    /// Whoever comes second waits, and sees it.
    @Test
    void isRecordedOnceHoweverManyTryAtOnce() throws Exception {
        MessageId one = sent();
        MessageId other = sent();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                List<MessageId> order = i % 2 == 0 ? List.of(one, other) : List.of(other, one);
                calls.add(() -> recordUnlessRecorded(order));
            }
            int recorded = 0;
            for (Future<Integer> call : threads.invokeAll(calls)) {
                recorded += call.get();
            }
            assertThat(recorded).isEqualTo(2);
        }
        assertThat(store().messages().events(one)).hasSize(3);
        assertThat(store().messages().events(other)).hasSize(3);
    }

    private int recordUnlessRecorded(List<MessageId> messages) {
        return transactions()
                .inTransaction(() -> {
                    Map<MessageId, ReportedMessage> locked =
                            receipts().lock(WorkspaceId.DEFAULT, messages);
                    Set<Receipt.Key> before =
                            receipts()
                                    .recorded(
                                            messages.stream()
                                                    .map(id -> new Receipt.Key(id, "same"))
                                                    .toList());
                    List<MessageId> fresh =
                            messages.stream()
                                    .filter(id -> !before.contains(new Receipt.Key(id, "same")))
                                    .toList();
                    receipts()
                            .add(
                                    fresh.stream()
                                            .map(id -> receipt(id, "same", ReceiptKind.DELIVERED))
                                            .map(receipt -> new NewReceipt(receipt, false))
                                            .toList(),
                                    fresh.stream()
                                            .map(id -> delivered(id, stateIn(locked, id)))
                                            .toList(),
                                    now);
                    return fresh.size();
                });
    }

    private static Kind stateIn(Map<MessageId, ReportedMessage> found, MessageId id) {
        return Optional.ofNullable(found.get(id)).orElseThrow().state();
    }

    @Test
    void keepsWhyButNoWordsOfSomebodyWhoIsGone() {
        MessageId id = sent();
        Instant then = now.plusSeconds(3);
        var quoting = new Receipt(id, "a", ReceiptKind.BOUNCED, "5.0.0", DIAGNOSTIC, then);
        transactions()
                .inTransaction(() -> {
                    receipts()
                            .add(
                                    List.of(new NewReceipt(quoting, true)),
                                    List.of(bounced(id, null, Kind.SENT)),
                                    now);
                    return true;
                });

        assertThat(store().messages().events(id).getLast())
                .satisfies(event -> {
                    assertThat(event.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
                    assertThat(event.reply()).isEqualTo(ProviderReply.reported("5.0.0"));
                    assertThat(event.receipt()).isEqualTo(new ReceiptDetail("", true));
                });
    }

    @Test
    void losesWhatQuotesSomebodyWhoIsErased() {
        var address = new EmailAddress("p" + Triggers.id(now) + "@example.com");
        var identity = new Identity("crmId", "p" + Triggers.id(now));
        MessageId id = settled(trigger().of(identity, address), new MessageState.Sent(now));
        add(bounced(id, null, Kind.SENT), receipt(id, "a", ReceiptKind.BOUNCED));
        store().erasures()
                .begin(
                        new Erasure(
                                new PersonNames(
                                        new ProfileId(UUID.randomUUID()),
                                        WorkspaceId.DEFAULT,
                                        Set.of(identity),
                                        Set.of(address),
                                        Set.of()),
                                now.plusSeconds(30)));
        assertThat(store().erasures().goOn(now.plusSeconds(600), _ -> {})).isZero();

        assertThat(store().messages().events(id).getLast())
                .satisfies(event -> {
                    assertThat(event.type()).isEqualTo(MessageEvent.Type.BOUNCED);
                    assertThat(event.receipt()).isEqualTo(new ReceiptDetail("", false));
                });
        assertThat(lock(id).get(id))
                .isEqualTo(new ReportedMessage(Kind.BOUNCED, false, null, null));
    }
}
