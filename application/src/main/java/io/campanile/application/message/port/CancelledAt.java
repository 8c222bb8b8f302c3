package io.campanile.application.message.port;

import io.campanile.domain.execution.CancelCounts;

import java.time.Instant;

/// When an execution was cancelled, and what that did.
public record CancelledAt(Instant time, CancelCounts counts) {}
