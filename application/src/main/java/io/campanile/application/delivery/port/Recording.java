package io.campanile.application.delivery.port;

import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A message's next state, valid only while the claim is.
///
/// @param reply of the attempt that led here, [ProviderReply#NONE] without one
/// @param decision what is to be kept of the decision that led here, in place of what was kept
///   before; absent when nothing is
/// @param notBegun whether the attempt that led here reached no provider: if the message is
///   deferred, that attempt does not count
public record Recording(
        Claim claim,
        MessageState state,
        ProviderReply reply,
        Instant time,
        @Nullable DecisionRecord decision,
        boolean notBegun) {
    /// A state that follows from no new decision.
    public Recording(Claim claim, MessageState state, ProviderReply reply, Instant time) {
        this(claim, state, reply, time, null);
    }

    /// A state after an attempt, or without one.
    public Recording(
            Claim claim,
            MessageState state,
            ProviderReply reply,
            Instant time,
            @Nullable DecisionRecord decision) {
        this(claim, state, reply, time, decision, false);
    }
}
