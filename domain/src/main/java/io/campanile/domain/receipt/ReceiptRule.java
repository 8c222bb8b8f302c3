package io.campanile.domain.receipt;

import io.campanile.domain.message.MessageState;
import io.campanile.domain.receipt.ReceiptVerdict.Moves;
import io.campanile.domain.receipt.ReceiptVerdict.Noted;
import io.campanile.domain.receipt.ReceiptVerdict.Refused;

/// How receipts move messages on: only forwards in `UNKNOWN < SENT < DELIVERED < BOUNCED`, in
/// whatever order they come. A message that settled in another way, but after an attempt whose
/// outcome nobody knows, counts as `UNKNOWN`: a provider may have taken it in that attempt.
/// `BOUNCED` is last because mail may still come back after a server said that it had arrived. A
/// complaint counts as an arrival, because nobody complains of what did not arrive.
public final class ReceiptRule {
    private ReceiptRule() {}

    /// What the receipt does to a message in that state.
    ///
    /// @param doubted whether nobody knew of some attempt whether the provider took it
    public static ReceiptVerdict of(MessageState.Kind state, boolean doubted, Receipt receipt) {
        return switch (state) {
            case ACCEPTED, DEFERRED, SENDING -> new Refused(ReceiptRefusal.MESSAGE_OPEN);
            case EXCLUDED, CANCELLED, EXPIRED, FAILED ->
                    doubted
                            ? new Moves(saidBy(receipt))
                            : new Refused(ReceiptRefusal.MESSAGE_NOT_SENT);
            case UNKNOWN, SENT -> new Moves(saidBy(receipt));
            case DELIVERED ->
                    receipt.kind() == ReceiptKind.BOUNCED
                            ? new Moves(saidBy(receipt))
                            : new Noted();
            case BOUNCED -> new Noted();
        };
    }

    private static MessageState.Settled saidBy(Receipt receipt) {
        return switch (receipt.kind()) {
            case DELIVERED, COMPLAINED -> new MessageState.Delivered(receipt.time());
            case BOUNCED -> new MessageState.Bounced(receipt.bounceReason(), receipt.time());
        };
    }
}
