package io.campanile.domain.receipt;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusalReasons;
import io.campanile.domain.suppression.BounceKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What became of a message after its provider took it, as somebody reports it.
///
/// @param id the reporter's own name of the event: for one message, the same again is a repeat
/// @param enhancedCode of a bounce (RFC 3463), such as `5.1.1`; otherwise empty
/// @param diagnostic of a bounce, what the remote server said, which may quote the address; may be
///   empty
/// @param time when it happened, by the reporter's clock
public record Receipt(
        MessageId message,
        String id,
        ReceiptKind kind,
        String enhancedCode,
        String diagnostic,
        Instant time) {
    /// What the reporter's clock may be ahead of ours, and behind.
    public static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /// Which receipt it is, however often it is reported.
    public record Key(MessageId message, String id) {}

    public Key key() {
        return new Key(message, id);
    }

    /// Whether it can have happened at that time: after the message was accepted, and not to come.
    public boolean isTimely(Instant now) {
        return !time.isAfter(now.plus(MOST_SKEW))
                && !time.isBefore(message.acceptTime().minus(MOST_SKEW));
    }

    /// Why it bounced; nothing when it did not.
    public @Nullable Reason reason() {
        return kind == ReceiptKind.BOUNCED ? bounceReason() : null;
    }

    Reason bounceReason() {
        return RefusalReasons.of(enhancedCode, RefusalReasons.words(diagnostic));
    }

    /// What it says against the address as a bounce, if anything.
    public Optional<BounceKind> bounce() {
        return kind == ReceiptKind.BOUNCED
                ? BounceKind.ofReport(bounceReason(), enhancedCode)
                : Optional.empty();
    }

    /// The same without what it may say of somebody who was erased.
    public Receipt withoutDiagnostic() {
        return new Receipt(message, id, kind, enhancedCode, "", time);
    }

    @Override
    public String toString() {
        return kind + " " + message;
    }
}
