package io.campanile.application.operation.port;

import io.campanile.domain.message.Lane;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What waits in one lane.
///
/// @param open messages that have not settled
/// @param due of those, the ones whose time has come and that no node holds
/// @param oldestDueTime since when the one has waited that waits longest, due or in a node's
///   memory, but not in hand-over; of one in memory, since it was taken there, which is
///   [io.campanile.application.delivery.port.MessageQueue#CLAIM_LEASE] before its claim ends;
///   absent when none waits
public record Backlog(Lane lane, long open, long due, @Nullable Instant oldestDueTime) {}
