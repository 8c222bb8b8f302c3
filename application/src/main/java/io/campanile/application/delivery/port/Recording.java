package io.campanile.application.delivery.port;

import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;

import java.time.Instant;

/// A message's next state, valid only while the claim is.
///
/// @param reply of the attempt that led here, [ProviderReply#NONE] without one
public record Recording(Claim claim, MessageState state, ProviderReply reply, Instant time) {}
