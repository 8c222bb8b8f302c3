package io.campanile.testkit.message;

import io.campanile.application.receipt.port.Move;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.application.receipt.port.Receipts;
import io.campanile.application.receipt.port.ReportedMessage;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the contracts of receipts share.
public abstract class ReceiptScene extends BroadcastScene {
    static final String DIAGNOSTIC = "smtp; 550 5.1.1 <ada@example.com> unknown";

    final Receipts receipts() {
        return store().receipts();
    }

    final Map<MessageId, ReportedMessage> lock(MessageId... messages) {
        return transactions()
                .inTransaction(() -> receipts().lock(WorkspaceId.DEFAULT, List.of(messages)));
    }

    final Receipt receipt(MessageId message, String id, ReceiptKind kind) {
        boolean bounced = kind == ReceiptKind.BOUNCED;
        return new Receipt(
                message,
                id,
                kind,
                bounced ? "5.1.1" : "",
                bounced ? DIAGNOSTIC : "",
                now.plusSeconds(3));
    }

    final void add(Move move, Receipt... reported) {
        transactions()
                .inTransaction(() -> {
                    receipts()
                            .add(
                                    Stream.of(reported)
                                            .map(one -> new NewReceipt(one, false))
                                            .toList(),
                                    List.of(move),
                                    now);
                    return true;
                });
    }

    final Move delivered(MessageId message, Kind former) {
        return new Move(message, null, former, new MessageState.Delivered(now.plusSeconds(3)));
    }

    final Move bounced(MessageId message, @Nullable ExecutionId broadcast, Kind former) {
        return new Move(
                message,
                broadcast,
                former,
                new MessageState.Bounced(Reason.ADDRESS_REFUSED, now.plusSeconds(3)));
    }
}
