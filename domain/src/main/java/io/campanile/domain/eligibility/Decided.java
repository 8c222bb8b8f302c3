package io.campanile.domain.eligibility;

import java.time.Instant;

/// A decision, with what it rests on.
///
/// @param time when it was made
public record Decided(Facts facts, Decision decision, Instant time) {}
