package io.campanile.domain.broadcast;

/// What a fan-out does next.
public sealed interface FanOutStep {
    /// Takes down who the members are.
    record Begin() implements FanOutStep {}

    /// Writes the messages of the next so many members.
    record Write(long members) implements FanOutStep {}

    /// Writes nothing more.
    record End(FanOutState state) implements FanOutStep {}

    /// Nothing for now.
    record Rest() implements FanOutStep {}
}
