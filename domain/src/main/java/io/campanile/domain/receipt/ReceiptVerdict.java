package io.campanile.domain.receipt;

import io.campanile.domain.message.MessageState;

/// What a receipt does to a message.
public sealed interface ReceiptVerdict {
    /// It comes into another state.
    record Moves(MessageState.Settled state) implements ReceiptVerdict {}

    /// It stays where it is; that it happened is kept.
    record Noted() implements ReceiptVerdict {}

    /// The receipt is not recorded.
    record Refused(ReceiptRefusal why) implements ReceiptVerdict {}
}
