package io.campanile.domain.receipt;

/// Why a receipt is not recorded.
public enum ReceiptRefusal {
    /// The workspace has no such message, or none any more.
    MESSAGE_UNKNOWN,
    /// What the hand-over comes to is not known yet.
    MESSAGE_OPEN,
    /// It ended before a provider took it, or may have, so that nothing can have become of it
    /// afterwards.
    MESSAGE_NOT_SENT,
    /// It would have happened before the message was accepted, or is still to come.
    TIME_WRONG
}
