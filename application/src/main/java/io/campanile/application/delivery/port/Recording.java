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
public record Recording(
        Claim claim,
        MessageState state,
        ProviderReply reply,
        Instant time,
        @Nullable DecisionRecord decision) {
    /// A state that follows from no new decision.
    public Recording(Claim claim, MessageState state, ProviderReply reply, Instant time) {
        this(claim, state, reply, time, null);
    }
}
