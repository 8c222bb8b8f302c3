package io.campanile.channels.resilience;

import io.campanile.domain.message.AttemptOutcome;

import org.jspecify.annotations.Nullable;

/// An attempt that is over.
///
/// @param failure what broke on the way; null where a reply says all
public record Attempt(AttemptOutcome outcome, @Nullable Exception failure) {
    /// One that nothing broke in.
    public static Attempt of(AttemptOutcome outcome) {
        return new Attempt(outcome, null);
    }
}
