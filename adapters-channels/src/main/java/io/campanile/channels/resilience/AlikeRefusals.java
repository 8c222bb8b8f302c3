package io.campanile.channels.resilience;

import io.campanile.domain.message.AttemptOutcome;

import org.jspecify.annotations.Nullable;

/// Notices a provider that refuses one message after the other with the same codes: rather us than
/// each of them, in words that nobody has listed yet. Thread-safe.
final class AlikeRefusals {
    /// So many in a row.
    static final int MANY = 50;

    private AttemptOutcome.@Nullable Refused last;
    private int inARow;

    /// Whether, with this one, so many were refused alike. What is only put off says neither yes
    /// nor no.
    synchronized boolean goOnWith(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Taken _ -> {
                inARow = 0;
                yield false;
            }
            case AttemptOutcome.Refused refused -> {
                inARow = refused.equals(last) ? Math.min(inARow + 1, MANY) : 1;
                last = refused;
                yield inARow == MANY;
            }
            case AttemptOutcome.Busy _, AttemptOutcome.NotBegun _, AttemptOutcome.Ambiguous _ ->
                    false;
        };
    }
}
