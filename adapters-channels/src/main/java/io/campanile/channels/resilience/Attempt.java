package io.campanile.channels.resilience;

import io.campanile.domain.message.AttemptOutcome;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// An attempt that is over.
///
/// @param failure what broke on the way; null where a reply says all
/// @param rest how long the provider is to be left alone, where each further attempt does harm
public record Attempt(
        AttemptOutcome outcome, @Nullable Exception failure, @Nullable Duration rest) {}
