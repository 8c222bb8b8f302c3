package io.campanile.grpc.message;

import static com.google.protobuf.util.Timestamps.fromMillis;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.MarkTerms;
import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Role;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Execution;
import io.campanile.v1.GetExecutionRequest;
import io.campanile.v1.GetMessageRequest;
import io.campanile.v1.ListMessageEventsRequest;
import io.campanile.v1.ListMessagesRequest;
import io.campanile.v1.Message;
import io.campanile.v1.MessageEvent;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.MessageServiceGrpc.MessageServiceBlockingStub;
import io.campanile.v1.Receipt;
import io.campanile.v1.Receipt.Kind;
import io.campanile.v1.ReceiptResult;
import io.campanile.v1.RecordReceiptsRequest;
import io.campanile.v1.RecordedReceipt;
import io.campanile.v1.RejectedReceipt.Reason;
import io.campanile.v1.TriggerServiceGrpc;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// `RecordReceipts`, and how what was recorded is shown.
class RecordReceiptsTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final NewExecution execution = sent();
    private final String message = OWN + "/messages/" + execution.messages().getFirst().id();

    /// Of one message, which a provider took.
    private NewExecution sent() {
        NewExecution stored = world.stored(trigger -> trigger);
        Instant now = stored.createTime();
        world.fakes.store.configuration(
                stored.configuration(), ChannelConfiguration.State.ACTIVE, 1);
        var node = world.fakes.store.nodes().register(Duration.ofHours(1));
        var queue = world.fakes.store.queue();
        List<Claim> claims =
                queue
                        .claim(
                                node,
                                Lane.TRANSACTIONAL,
                                stored.configuration(),
                                List.of(stored.campaign()),
                                10,
                                now.plusSeconds(600),
                                now)
                        .stream()
                        .map(claimed -> claimed.claim())
                        .toList();
        queue.mark(
                node,
                new MarkTerms(stored.configuration(), 1, now.plusSeconds(1), false),
                claims.stream().map(claim -> new Marking(claim, null)).toList(),
                now);
        var taken = new ProviderReply(250, "2.0.0");
        queue.record(
                claims.stream()
                        .map(claim -> new Recording(claim, new MessageState.Sent(now), taken, now))
                        .toList());
        return stored;
    }

    private MessageServiceBlockingStub as(Role role) {
        return world.stub(MessageServiceGrpc::newBlockingStub, role);
    }

    private List<ReceiptResult> record(Receipt.Builder... receipts) {
        var request = RecordReceiptsRequest.newBuilder().setParent(OWN);
        Stream.of(receipts).forEach(request::addReceipts);
        return as(Role.TRIGGER).recordReceipts(request.build()).getResultsList();
    }

    private Receipt.Builder receipt(String id, Kind kind) {
        return Receipt.newBuilder().setReceiptId(id).setMessage(message).setKind(kind);
    }

    private Receipt.Builder bounced(String id, String status) {
        return receipt(id, Kind.KIND_BOUNCED).setStatus(status);
    }

    private ReceiptResult recorded(Message.State state, boolean duplicate) {
        return ReceiptResult.newBuilder()
                .setRecorded(
                        RecordedReceipt.newBuilder()
                                .setMessage(message)
                                .setState(state)
                                .setDuplicate(duplicate))
                .build();
    }

    private Message shown() {
        return as(Role.VIEWER).getMessage(GetMessageRequest.newBuilder().setName(message).build());
    }

    @Test
    void recordsByTheNameAndByTheMailsOwnId() {
        String header = "<" + execution.messages().getFirst().id() + "@shop.example>";
        var byHeader =
                Receipt.newBuilder()
                        .setReceiptId("dsn-1")
                        .setMailMessageId(header)
                        .setKind(Kind.KIND_BOUNCED)
                        .setStatus("5.1.1");

        assertThat(record(receipt("d", Kind.KIND_DELIVERED)))
                .containsExactly(recorded(Message.State.STATE_DELIVERED, false));
        assertThat(record(byHeader, byHeader))
                .containsExactly(
                        recorded(Message.State.STATE_BOUNCED, false),
                        recorded(Message.State.STATE_BOUNCED, true));

        Message shown = shown();
        assertThat(shown.getState()).isEqualTo(Message.State.STATE_BOUNCED);
        assertThat(shown.getReason()).isEqualTo(Message.Reason.REASON_ADDRESS_REFUSED);
        assertThat(shown.getProviderReply().getEnhancedCode()).isEqualTo("5.1.1");
        assertThat(shown.getSettleTime()).isEqualTo(shown.getUpdateTime());
        assertThat(world.fakes.suppressions.find(WorkspaceId.DEFAULT, target()))
                .map(Suppression::reason)
                .contains(SuppressionReason.HARD_BOUNCE);
    }

    private static SuppressionTarget target() {
        return SuppressionTarget.of(new EmailAddress("ada@example.com"));
    }

    @Test
    void tellsTheEventsAndQuotesServersToOperatorsOnly() {
        var time = fromMillis(execution.createTime().toEpochMilli());
        record(
                receipt("c", Kind.KIND_COMPLAINED).setEventTime(time),
                bounced("b", "5.2.2")
                        .setEventTime(time)
                        .setDiagnostic("smtp; 552 5.2.2 <ada@example.com> is full"));

        List<MessageEvent> events = events(Role.OPERATOR);
        assertThat(events)
                .extracting(MessageEvent::getType)
                .containsExactly(
                        MessageEvent.Type.TYPE_ACCEPTED,
                        MessageEvent.Type.TYPE_SENT,
                        MessageEvent.Type.TYPE_COMPLAINED,
                        MessageEvent.Type.TYPE_BOUNCED);
        assertThat(events.getLast())
                .isEqualTo(
                        MessageEvent.newBuilder()
                                .setName(message + "/events/3")
                                .setType(MessageEvent.Type.TYPE_BOUNCED)
                                .setEventTime(time)
                                .setAttemptCount(1)
                                .setReason(Message.Reason.REASON_MESSAGE_REFUSED)
                                .setProviderReply(
                                        io.campanile.v1.ProviderReply.newBuilder()
                                                .setEnhancedCode("5.2.2"))
                                .setDiagnostic("smtp; 552 5.2.2 <ada@example.com> is full")
                                .build());
        assertThat(events(Role.VIEWER)).extracting(MessageEvent::getDiagnostic).containsOnly("");
    }

    private List<MessageEvent> events(Role role) {
        return as(role).listMessageEvents(
                        ListMessageEventsRequest.newBuilder().setParent(message).build())
                .getEventsList();
    }

    @Test
    void countsAndFilters() {
        record(bounced("b", "5.7.1"));

        Execution shown =
                world.stub(TriggerServiceGrpc::newBlockingStub, Role.VIEWER)
                        .getExecution(
                                GetExecutionRequest.newBuilder()
                                        .setName(OWN + "/executions/" + execution.id())
                                        .build());
        assertThat(shown.getCounts().getBouncedCount()).isEqualTo(1);
        assertThat(shown.getCounts().getSentCount()).isZero();
        assertThat(shown.getCounts().getPlannedCount()).isEqualTo(1);
        assertThat(listed("state = BOUNCED")).extracting(Message::getName).containsExactly(message);
        assertThat(listed("state = BOUNCED AND reason = POLICY_REFUSED")).hasSize(1);
        assertThat(listed("(state = SENT OR state = DELIVERED)")).isEmpty();
    }

    private List<Message> listed(String filter) {
        return as(Role.VIEWER)
                .listMessages(
                        ListMessagesRequest.newBuilder().setParent(OWN).setFilter(filter).build())
                .getMessagesList();
    }

    @Test
    void changesNothingWhereItOnlyChecks() {
        var request =
                RecordReceiptsRequest.newBuilder()
                        .setParent(OWN)
                        .addReceipts(bounced("b", "5.1.1"))
                        .setValidateOnly(true)
                        .build();

        assertThat(as(Role.OPERATOR).recordReceipts(request).getResultsList())
                .containsExactly(recorded(Message.State.STATE_BOUNCED, false));
        assertThat(shown().getState()).isEqualTo(Message.State.STATE_SENT);
    }

    /// @param field what the description begins with
    record Wrong(String name, Receipt.Builder receipt, Reason reason, String field) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Wrong> wrong() {
        String id = UUID.randomUUID().toString();
        return Stream.of(
                malformed("nothing", Receipt.newBuilder(), ""),
                malformed("no id", good().clearReceiptId(), "receipt_id"),
                malformed("an endless id", good().setReceiptId("x".repeat(129)), "receipt_id"),
                malformed("an id beyond ASCII", good().setReceiptId("ü"), "receipt_id"),
                malformed("about nothing", good().clearAbout(), "about"),
                malformed("a name that is none", good().setMessage("messages/1"), "message"),
                malformed("NUL", good().setMailMessageId("a\u0000"), "mail_message_id"),
                malformed("no kind", good().clearKind(), "kind"),
                malformed("a kind nobody knows", good().setKindValue(9), "kind"),
                malformed(
                        "no time",
                        good().setEventTime(Timestamps.MAX_VALUE.toBuilder().setNanos(-1)),
                        "event_time"),
                malformed(
                        "a time to come", good().setEventTime(Timestamps.MAX_VALUE), "event_time"),
                malformed("a time long ago", good().setEventTime(Timestamps.EPOCH), "event_time"),
                malformed("no status", good().setKind(Kind.KIND_BOUNCED), "status"),
                malformed(
                        "a status of success",
                        good().setKind(Kind.KIND_BOUNCED).setStatus("2.0.0"),
                        "status"),
                malformed(
                        "a status that is none",
                        good().setKind(Kind.KIND_BOUNCED).setStatus("550"),
                        "status"),
                malformed("a status of what arrived", good().setStatus("5.1.1"), "status"),
                malformed("words of what arrived", good().setDiagnostic("ok"), "diagnostic"),
                malformed(
                        "endless words",
                        good().setKind(Kind.KIND_BOUNCED)
                                .setStatus("5.0.0")
                                .setDiagnostic("x".repeat(1_001)),
                        "diagnostic"),
                unknown("nobody", good().setMessage(OWN + "/messages/" + id)),
                unknown("hyphens", good().setMessage(OWN + "/messages/" + "-".repeat(36))),
                unknown(
                        "of another workspace",
                        good().setMessage("workspaces/other/messages/" + id)),
                unknown("another's mail", good().setMailMessageId("<CAF7@mail.example.com>")),
                unknown("no mail of ours", good().setMailMessageId("<" + id + "@example.com>")));
    }

    private static Wrong malformed(String name, Receipt.Builder receipt, String field) {
        return new Wrong(name, receipt, Reason.REASON_MALFORMED, field);
    }

    private static Wrong unknown(String name, Receipt.Builder receipt) {
        return new Wrong(
                name, receipt, Reason.REASON_MESSAGE_UNKNOWN, "is about no message of this");
    }

    private static Receipt.Builder good() {
        return Receipt.newBuilder()
                .setReceiptId("r-1")
                .setMessage(OWN + "/messages/" + UUID.randomUUID())
                .setKind(Kind.KIND_DELIVERED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void rejectsWhatIsWrongAndTakesTheOthers(Wrong wrong) {
        Receipt.Builder bad = wrong.receipt();
        if (wrong.name().startsWith("a time")) {
            bad.setMessage(message);
        }

        List<ReceiptResult> results = record(bad, receipt("good", Kind.KIND_DELIVERED));

        assertThat(results).hasSize(2);
        assertThat(results.getFirst().getRejected())
                .satisfies(rejected -> {
                    assertThat(rejected.getReason()).isEqualTo(wrong.reason());
                    assertThat(rejected.getDescription()).startsWith(wrong.field());
                });
        assertThat(results.getLast()).isEqualTo(recorded(Message.State.STATE_DELIVERED, false));
    }

    @Test
    void asksToReportAgainWhatIsOpen() {
        NewExecution open = world.stored(trigger -> trigger);
        String name = OWN + "/messages/" + open.messages().getFirst().id();

        assertThat(record(receipt("r", Kind.KIND_DELIVERED).setMessage(name)))
                .extracting(result -> result.getRejected().getReason())
                .containsExactly(Reason.REASON_MESSAGE_OPEN);
    }
}
