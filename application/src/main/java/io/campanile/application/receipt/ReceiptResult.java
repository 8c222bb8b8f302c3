package io.campanile.application.receipt;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.receipt.ReceiptRefusal;

/// What came of one receipt.
public sealed interface ReceiptResult {
    /// It is kept.
    ///
    /// @param state of the message, now
    /// @param duplicate whether it had been kept before, and changed nothing now
    record Recorded(MessageId message, MessageState.Kind state, boolean duplicate)
            implements ReceiptResult {}

    /// It is not.
    record Rejected(ReceiptRefusal why) implements ReceiptResult {}
}
