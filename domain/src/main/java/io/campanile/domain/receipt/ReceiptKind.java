package io.campanile.domain.receipt;

/// What a receipt says of a message.
public enum ReceiptKind {
    /// It arrived where its recipient's mail is kept.
    DELIVERED,
    /// It came back.
    BOUNCED,
    /// Its recipient called it spam, and so got it.
    COMPLAINED
}
