package io.campanile.application.delivery.port;

import io.campanile.domain.eligibility.DecisionRecord;

import org.jspecify.annotations.Nullable;

/// A message that is about to be handed over.
///
/// @param decision what is to be kept of the decision that it may be, in place of what was kept
///   before; absent when nothing is
public record Marking(Claim claim, @Nullable DecisionRecord decision) {}
