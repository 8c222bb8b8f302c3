package io.campanile.domain.message;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What one hand-over to a provider came to. A sender returns it; it does not throw for what a
/// provider says.
public sealed interface AttemptOutcome {
    ProviderReply reply();

    /// Why the message is put off; absent unless it is certain that there is another try.
    default @Nullable Reason delayReason() {
        return switch (this) {
            case Busy(Reason reason, _, _) -> reason;
            case NotBegun notBegun -> notBegun.reason();
            case Taken _, Refused _, Ambiguous _ -> null;
        };
    }

    /// The provider took responsibility.
    record Taken(ProviderReply reply) implements AttemptOutcome {}

    /// A definite no to this message.
    record Refused(Reason reason, ProviderReply reply, RefusedPart part) implements AttemptOutcome {
        /// A no that is not about an address.
        public Refused(Reason reason, ProviderReply reply) {
            this(reason, reply, RefusedPart.CONTENT);
        }
    }

    /// Certainly not taken, worth another try; not before `hint` when the provider named one.
    record Busy(Reason reason, ProviderReply reply, @Nullable Duration hint)
            implements AttemptOutcome {}

    /// The provider saw nothing of it, and not because of anything of its own: this node ends,
    /// another configuration takes over, or it is not to be sent any more.
    record NotBegun() implements AttemptOutcome {
        Reason reason() {
            return Reason.PROVIDER_BUSY;
        }

        @Override
        public ProviderReply reply() {
            return ProviderReply.NONE;
        }
    }

    /// A byte may have been taken and nobody can say.
    record Ambiguous(ProviderReply reply) implements AttemptOutcome {}
}
