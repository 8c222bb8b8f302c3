package io.campanile.domain.suppression;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import java.util.Optional;
import java.util.Set;

/// What a provider's refusal says about an address.
public enum BounceKind {
    /// It does not exist.
    HARD,
    /// It takes no mail at present: the mailbox is full, or nobody says why.
    SOFT;

    /// Another sender, a smaller mail or other words would have been taken (RFC 3463).
    private static final Set<String> OF_THE_MESSAGE = Set.of("5.1.7", "5.1.8", "5.3.4");

    private static final String OF_THE_CONTENT = "5.6.";

    /// Nothing unless there is evidence about the address. A delay is none: what the message comes
    /// to is said by its last attempt.
    public static Optional<BounceKind> of(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Refused refused -> of(refused);
            case AttemptOutcome.Taken _, AttemptOutcome.Busy _, AttemptOutcome.Ambiguous _ ->
                    Optional.empty();
        };
    }

    private static Optional<BounceKind> of(AttemptOutcome.Refused refused) {
        boolean isUnknown = refused.reason() == Reason.ADDRESS_REFUSED;
        return switch (refused.part()) {
            case SENDER -> Optional.empty();
            case CONTENT -> isUnknown ? Optional.of(HARD) : Optional.empty();
            case RECIPIENT -> isUnknown ? Optional.of(HARD) : softUnlessBlocked(refused);
        };
    }

    private static Optional<BounceKind> softUnlessBlocked(AttemptOutcome.Refused refused) {
        return refused.reason() == Reason.MESSAGE_REFUSED && !isOfTheMessage(refused.reply())
                ? Optional.of(SOFT)
                : Optional.empty();
    }

    private static boolean isOfTheMessage(ProviderReply reply) {
        return OF_THE_MESSAGE.contains(reply.enhancedCode())
                || reply.enhancedCode().startsWith(OF_THE_CONTENT);
    }
}
