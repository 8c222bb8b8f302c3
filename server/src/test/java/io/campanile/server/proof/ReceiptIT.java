package io.campanile.server.proof;

import static io.campanile.server.proof.BroadcastScenery.get;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.server.proof.Cluster.Trait;
import io.campanile.v1.Canary;
import io.campanile.v1.CanaryResult;
import io.campanile.v1.Category;
import io.campanile.v1.Execution;
import io.campanile.v1.GetMessageRequest;
import io.campanile.v1.HaltCause;
import io.campanile.v1.ListMessageEventsRequest;
import io.campanile.v1.ListMessagesRequest;
import io.campanile.v1.Message;
import io.campanile.v1.MessageEvent;
import io.campanile.v1.Receipt;
import io.campanile.v1.Receipt.Kind;
import io.campanile.v1.ReceiptResult;
import io.campanile.v1.RecipientResult;
import io.campanile.v1.RecordReceiptsRequest;
import io.campanile.v1.RecordedReceipt;
import io.campanile.v1.Suppression;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What is reported of mails that were really sent counts once, on whichever node, and for whatever
/// comes after them.
class ReceiptIT extends TwoNodeScene {
    private static final String ORDERS = "orders";
    private static final int MESSAGES = 40;
    private static final int CALLS = 12;
    private static final int MEMBERS = 60;
    private static final int SAMPLE = 20;
    private static final long OBSERVED_SECONDS = 3_600;

    @BeforeAll
    void makesACampaign() {
        Scenery.liveCampaign(
                one, ORDERS, Category.CATEGORY_TRANSACTIONAL, cluster.receiver().port());
    }

    @Test
    void aMailThatComesBackIsKnownByItsMessageIdAndItsAddressWrittenToNoMore() {
        String message = handedOver("gone@example.com").getAccepted().getMessage();
        String header = cluster.mailsTo("gone@example.com").getFirst().messageId();
        Receipt bounce =
                Receipt.newBuilder()
                        .setReceiptId("dsn-1")
                        .setMailMessageId(header)
                        .setKind(Kind.KIND_BOUNCED)
                        .setStatus("5.1.1")
                        .setDiagnostic("smtp; 550 5.1.1 <gone@example.com> who?")
                        .build();

        assertThat(record(two, List.of(bounce)))
                .containsExactly(recorded(message, Message.State.STATE_BOUNCED, false));
        assertThat(record(one, List.of(bounce)))
                .containsExactly(recorded(message, Message.State.STATE_BOUNCED, true));

        Message shown =
                one.messages().getMessage(GetMessageRequest.newBuilder().setName(message).build());
        assertThat(shown.getState()).isEqualTo(Message.State.STATE_BOUNCED);
        assertThat(shown.getReason()).isEqualTo(Message.Reason.REASON_ADDRESS_REFUSED);
        assertThat(events(message).getLast().getDiagnostic()).contains("<gone@example.com>");
        assertThat(Scenery.suppressions(two, "gone@example.com"))
                .extracting(Suppression::getReason, Suppression::getNote)
                .containsExactly(tuple(Suppression.Reason.REASON_HARD_BOUNCE, message + ": 5.1.1"));
        assertThat(handedOver("Gone@Example.com").getExcluded().getReason())
                .isEqualTo(Message.Reason.REASON_ADDRESS_SUPPRESSED);
        cluster.audit();
    }

    @Test
    void theSameReceiptsAtOnceOnTwoNodesCountOnce() throws Exception {
        List<Receipt> receipts = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            String message = handedOver("at-once-" + i + "@example.com").getAccepted().getMessage();
            messages.add(message);
            receipts.add(receipt(message, "dsn", Kind.KIND_BOUNCED).setStatus("5.2.2").build());
            receipts.add(receipt(message, "fbl", Kind.KIND_COMPLAINED).build());
        }
        List<Callable<List<ReceiptResult>>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Node node = i % 2 == 0 ? one : two;
            List<Receipt> shuffled = new ArrayList<>(receipts);
            Collections.shuffle(shuffled);
            calls.add(() -> record(node, shuffled));
        }

        long fresh = 0;
        try (var threads = Executors.newFixedThreadPool(CALLS)) {
            for (Future<List<ReceiptResult>> call : threads.invokeAll(calls)) {
                fresh +=
                        call.get().stream()
                                .filter(result -> !result.getRecorded().getDuplicate())
                                .count();
            }
        }

        assertThat(fresh).isEqualTo(receipts.size());
        for (String message : messages) {
            assertThat(events(message))
                    .extracting(MessageEvent::getType)
                    .hasSize(4)
                    .startsWith(MessageEvent.Type.TYPE_ACCEPTED, MessageEvent.Type.TYPE_SENT)
                    .contains(MessageEvent.Type.TYPE_BOUNCED, MessageEvent.Type.TYPE_COMPLAINED);
        }
        assertThat(Scenery.suppressions(two, "at-once-7@example.com"))
                .extracting(Suppression::getReason)
                .containsExactly(Suppression.Reason.REASON_COMPLAINT);
        cluster.audit();
    }

    @Test
    void aSampleThatIsCalledSpamHaltsItsBroadcast() throws IOException {
        try (Cluster own = Cluster.create(Trait.KEEPS_MAILS)) {
            Node node = own.start("one");
            BroadcastScenery.liveBroadcast(own, node, MEMBERS);
            String execution =
                    node.triggers()
                            .triggerAudience(
                                    BroadcastScenery.request("once")
                                            .setCanary(
                                                    Canary.newBuilder()
                                                            .setSampleSize(SAMPLE)
                                                            .setObserveDuration(
                                                                    Scenery.seconds(
                                                                            OBSERVED_SECONDS)))
                                            .build())
                            .getExecution();
            Until.holds(
                    "the sample is observed",
                    () ->
                            get(node, execution).getCanaryResult().getState()
                                    == CanaryResult.State.STATE_OBSERVING);
            String message = sentOf(node, execution);

            record(node, List.of(receipt(message, "fbl", Kind.KIND_COMPLAINED).build()));
            Execution reported = get(node, execution);
            assertThat(reported.getCounts().getDeliveredCount()).isEqualTo(1);
            assertThat(reported.getCounts().getSentCount()).isEqualTo(SAMPLE - 1);
            assertThat(reported.getCounts().getPlannedCount()).isEqualTo(MEMBERS);
            own.rows().ageCanaries("1 hour");

            BroadcastScenery.awaitState(node, execution, Execution.State.STATE_HALTED);
            CanaryResult result = get(node, execution).getCanaryResult();
            assertThat(result.getComplainedCount()).isEqualTo(1);
            assertThat(result.getSentCount()).isEqualTo(SAMPLE);
            assertThat(result.getCausesList())
                    .containsExactly(
                            HaltCause.newBuilder()
                                    .setMeasure(HaltCause.Measure.MEASURE_COMPLAINED)
                                    .setCount(1)
                                    .setPercent(5)
                                    .setMaxPercent(0.3)
                                    .build());
            own.auditByCommand();
        }
    }

    private static String sentOf(Node node, String execution) {
        return node.messages()
                .listMessages(
                        ListMessagesRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setFilter("execution = \"" + execution + "\" AND state = SENT")
                                .setPageSize(1)
                                .build())
                .getMessages(0)
                .getName();
    }

    private RecipientResult handedOver(String address) {
        return Scenery.handedOver(one, ORDERS, address);
    }

    private static Receipt.Builder receipt(String message, String id, Kind kind) {
        return Receipt.newBuilder().setReceiptId(id).setMessage(message).setKind(kind);
    }

    private static List<ReceiptResult> record(Node node, List<Receipt> receipts) {
        return node.messages()
                .recordReceipts(
                        RecordReceiptsRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .addAllReceipts(receipts)
                                .build())
                .getResultsList();
    }

    private static ReceiptResult recorded(String message, Message.State state, boolean duplicate) {
        return ReceiptResult.newBuilder()
                .setRecorded(
                        RecordedReceipt.newBuilder()
                                .setMessage(message)
                                .setState(state)
                                .setDuplicate(duplicate))
                .build();
    }

    private List<MessageEvent> events(String message) {
        return two.messages()
                .listMessageEvents(ListMessageEventsRequest.newBuilder().setParent(message).build())
                .getEventsList();
    }
}
