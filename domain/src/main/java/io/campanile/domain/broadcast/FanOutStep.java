package io.campanile.domain.broadcast;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// What a fan-out does next.
public sealed interface FanOutStep {
    /// Copies the members.
    record Begin() implements FanOutStep {}

    /// Writes the messages of the next so many members.
    ///
    /// @param nextTime nothing more is written before; absent without a rate
    record Write(long members, @Nullable Instant nextTime) implements FanOutStep {}

    /// Keeps that its canary has come further.
    record Watch(CanaryState state) implements FanOutStep {}

    /// Counts what became of the sample, and decides whether the rest follows.
    record Judge(CanaryWatch canary) implements FanOutStep {}

    /// Holds open messages of a sample that the verdict went against.
    record Hold() implements FanOutStep {}

    /// Writes nothing more.
    record End(FanOutState state) implements FanOutStep {}

    /// Nothing for now, but perhaps in the next moment.
    record Rest() implements FanOutStep {}

    /// Nothing before some of those that were written are delivered: there is no room for a chunk.
    record Full() implements FanOutStep {}

    /// Nothing for so long: what it waits for takes its time, and may be looked for now and then.
    record Wait(Duration time) implements FanOutStep {
        /// A wait until then, but not without a look in between.
        static Wait until(Instant time, Instant now, Duration most) {
            Duration left = Duration.between(now, time);
            return new Wait(left.compareTo(most) < 0 ? left : most);
        }
    }
}
