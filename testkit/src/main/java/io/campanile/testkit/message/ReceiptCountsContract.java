package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.receipt.port.Move;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.application.receipt.port.ReportedMessage;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.receipt.ReceiptKind;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// What every [io.campanile.application.receipt.port.Receipts] must do to the counts of broadcasts.
public abstract class ReceiptCountsContract extends ReceiptScene {
    @Test
    void movesWhatIsCountedOfBroadcasts() {
        NewExecution execution = broadcast(3);
        fanOut();
        settle(3, new MessageState.Sent(now));
        List<MessageId> ids =
                messages(execution.id()).stream().map(MessageView::id).sorted().toList();
        assertThat(lock(ids.getFirst()).get(ids.getFirst()))
                .satisfies(found ->
                        assertThat(found)
                                .extracting(ReportedMessage::broadcast)
                                .isEqualTo(execution.id()));

        MessageId first = ids.getFirst();
        add(bounced(first, execution.id(), Kind.SENT), receipt(first, "a", ReceiptKind.BOUNCED));
        assertThat(view(execution).counts()).isEqualTo(Map.of(Kind.SENT, 2L, Kind.BOUNCED, 1L));
        assertThat(broadcast(execution).reasons()).isEqualTo(Map.of(Reason.ADDRESS_REFUSED, 1L));
        assertThat(broadcast(execution).complained()).isZero();

        for (MessageId id : ids.subList(1, 3)) {
            add(
                    new Move(id, execution.id(), Kind.SENT, new MessageState.Delivered(now)),
                    receipt(id, "a", ReceiptKind.DELIVERED),
                    receipt(id, "b", ReceiptKind.COMPLAINED),
                    receipt(id, "c", ReceiptKind.COMPLAINED));
        }
        MessageId last = ids.getLast();
        transactions()
                .inTransaction(() -> {
                    var again = receipt(last, "d", ReceiptKind.COMPLAINED);
                    receipts().add(List.of(new NewReceipt(again, false)), List.of(), now);
                    return true;
                });
        assertThat(broadcast(execution).complained()).as("messages").isEqualTo(2);
        assertThat(view(execution).counts())
                .isEqualTo(Map.of(Kind.DELIVERED, 2L, Kind.BOUNCED, 1L));
        assertThat(broadcast(execution).settledLately()).isEqualTo(3);
        assertThat(store().broadcasts().sample(execution.id()))
                .isEqualTo(new SampleCounts(3, 2, 0, 1, 0, 0, 2));
    }

    @Test
    void takesBackTheReasonOfWhatSettledInDoubt() {
        NewExecution execution = broadcast(1);
        fanOut();
        settle(1, new MessageState.Failed(Reason.PROVIDER_BUSY, now));
        MessageId id = messages(execution.id()).getFirst().id();
        assertThat(broadcast(execution).reasons()).isEqualTo(Map.of(Reason.PROVIDER_BUSY, 1L));

        add(
                new Move(id, execution.id(), Kind.FAILED, new MessageState.Delivered(now)),
                receipt(id, "a", ReceiptKind.DELIVERED));

        assertThat(broadcast(execution).reasons()).isEmpty();
        assertThat(view(execution).counts()).isEqualTo(Map.of(Kind.DELIVERED, 1L));
    }
}
