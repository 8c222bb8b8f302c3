package io.campanile.channels.resilience;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;

import org.jspecify.annotations.Nullable;

/// Notices a provider that refuses one message after the other with the same codes: rather us than
/// each of them, in words that nobody has listed yet. Thread-safe.
final class AlikeRefusals {
    /// So many in a row.
    static final int MANY = 50;

    private AttemptOutcome.@Nullable Refused last;
    private int inARow;

    /// What such an outcome says of its message: not that the address takes no mail, in words from
    /// which nobody can tell.
    static AttemptOutcome blamingNoAddress(AttemptOutcome outcome) {
        return outcome
                                instanceof
                                AttemptOutcome.Refused(
                                        Reason reason,
                                        ProviderReply reply,
                                        RefusedPart part)
                        && reason == Reason.MESSAGE_REFUSED
                        && part == RefusedPart.RECIPIENT
                ? new AttemptOutcome.Refused(reason, reply, RefusedPart.SENDER)
                : outcome;
    }

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
