package io.campanile.application.operation.port;

import io.campanile.domain.message.Lane;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What waits in one lane.
///
/// @param open messages that have not settled
/// @param due of those, the ones whose time has come and that no node holds
/// @param oldestDueTime of the due ones; absent when there is none
public record Backlog(Lane lane, long open, long due, @Nullable Instant oldestDueTime) {}
