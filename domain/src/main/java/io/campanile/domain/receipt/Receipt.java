package io.campanile.domain.receipt;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusalReasons;
import io.campanile.domain.suppression.BounceKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Set<String> SAY_NOTHING = Set.of("4.0.0", "5.0.0");

    /// The enhanced code in a server's reply: right behind the code of the reply, or as `(#5.1.1)`.
    /// No part of an IP address.
    private static final Pattern REPLIED =
            Pattern.compile(
                    "(?:(?<![0-9.])[45][0-9]{2}[ -]\\(?#?|\\(#)"
                            + "([45]\\.[0-9]{1,3}\\.[0-9]{1,3})(?!\\.?[0-9])");

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
        return RefusalReasons.of(tellingCode(), RefusalReasons.words(diagnostic));
    }

    /// The code that tells why it bounced: what the remote server replied, where the status says
    /// nothing. Exim reports `5.0.0` whatever the reply was, and Postfix where the reply does not
    /// begin with an enhanced code.
    public String tellingCode() {
        if (!SAY_NOTHING.contains(enhancedCode)) {
            return enhancedCode;
        }
        Matcher replied = REPLIED.matcher(RefusalReasons.words(diagnostic));
        return replied.find() ? replied.group(1) : enhancedCode;
    }

    /// What it says against the address as a bounce, if anything.
    public Optional<BounceKind> bounce() {
        return kind == ReceiptKind.BOUNCED
                ? BounceKind.ofReport(
                        bounceReason(), tellingCode(), RefusalReasons.words(diagnostic))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return kind + " " + message;
    }
}
