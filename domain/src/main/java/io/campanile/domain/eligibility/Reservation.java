package io.campanile.domain.eligibility;

import io.campanile.domain.channel.Channel;

import java.time.Instant;

/// A message that was handed over, or is about to be, under a rule set.
public record Reservation(Channel channel, Instant time) {}
