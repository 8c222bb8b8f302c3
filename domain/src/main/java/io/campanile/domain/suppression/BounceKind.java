package io.campanile.domain.suppression;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusalReasons;
import io.campanile.domain.message.RefusedPart;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a provider's refusal says about an address.
public enum BounceKind {
    /// It does not exist.
    HARD,
    /// It takes no mail at present: the mailbox is full, or nobody says why.
    SOFT;

    /// Another sender or a smaller mail would have been taken, or the commands in another order
    /// (RFC 3463).
    private static final Set<String> OF_THE_MESSAGE =
            Set.of("5.1.7", "5.1.8", "5.2.3", "5.5.1", "5.5.2", "5.5.3", "5.5.4");

    /// The provider's system, the way to it, and the content.
    private static final List<String> OF_OTHERS = List.of("5.3.", "5.4.", "5.6.");

    /// How codes begin where a relay tried until its patience ended.
    private static final String OF_DELAYS = "4.";

    /// Replies about the command itself (RFC 5321 §4.2.2).
    private static final int FIRST_OF_SYNTAX = 500;

    private static final int LAST_OF_SYNTAX = 504;

    /// Nothing unless there is evidence about the address. A delay is none: what the message comes
    /// to is said by its last attempt.
    public static Optional<BounceKind> of(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Refused refused -> of(refused);
            case AttemptOutcome.Taken _,
                    AttemptOutcome.Busy _,
                    AttemptOutcome.NotBegun _,
                    AttemptOutcome.Ambiguous _ ->
                    Optional.empty();
        };
    }

    /// What it says of an address that a mail was taken by the provider and came back. It came back
    /// because of its recipient, so its code (RFC 3464 §2.3.4) says the same as one in a refusal of
    /// `RCPT`. A code that means "later" (4.x.x) only says that servers gave up trying: that is no
    /// evidence that the address does not exist.
    ///
    /// @param words see [RefusalReasons#words]
    public static Optional<BounceKind> ofReport(Reason reason, String enhancedCode, String words) {
        String permanent =
                enhancedCode.startsWith(OF_DELAYS) ? "5" + enhancedCode.substring(1) : enhancedCode;
        return of(
                new AttemptOutcome.Refused(
                        reason,
                        ProviderReply.reported(permanent),
                        RefusalReasons.partOfRecipient(enhancedCode, words)));
    }

    private static Optional<BounceKind> of(AttemptOutcome.Refused refused) {
        boolean isUnknown = refused.reason() == Reason.ADDRESS_REFUSED;
        return switch (refused.part()) {
            case SENDER -> Optional.empty();
            case CONTENT -> isUnknown ? Optional.of(HARD) : Optional.empty();
            case RECIPIENT, ADDRESS -> isUnknown ? Optional.of(HARD) : softUnlessBlocked(refused);
        };
    }

    private static Optional<BounceKind> softUnlessBlocked(AttemptOutcome.Refused refused) {
        boolean ofAddress =
                refused.part() == RefusedPart.ADDRESS || !isOfSomethingElse(refused.reply());
        return refused.reason() == Reason.MESSAGE_REFUSED && ofAddress
                ? Optional.of(SOFT)
                : Optional.empty();
    }

    private static boolean isOfSomethingElse(ProviderReply reply) {
        String enhanced = reply.enhancedCode();
        return OF_THE_MESSAGE.contains(enhanced)
                || OF_OTHERS.stream().anyMatch(enhanced::startsWith)
                || (enhanced.isEmpty() && isOfSyntax(reply.code()));
    }

    private static boolean isOfSyntax(int code) {
        return code >= FIRST_OF_SYNTAX && code <= LAST_OF_SYNTAX;
    }
}
