package io.campanile.application.delivery.port;

/// What a node's lease was like when it was renewed.
public enum Renewal {
    IN_TIME,

    /// It had run out, but nobody had noticed yet.
    LATE,

    /// It had run out, and another node took the messages.
    TAKEN_FOR_DEAD
}
