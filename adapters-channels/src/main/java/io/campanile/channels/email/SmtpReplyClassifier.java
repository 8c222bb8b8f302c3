package io.campanile.channels.email;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a refusing SMTP reply means for a message: by its code (RFC 5321) and enhanced status code
/// (RFC 3463), and by its text only where codes are known to be used loosely. An address is called
/// bad only on evidence.
final class SmtpReplyClassifier {
    private static final Set<String> NO_SUCH_ADDRESS = Set.of("5.1.1", "5.1.6", "5.1.10");
    private static final Pattern ENHANCED =
            Pattern.compile("^[245][0-9]{2}[ -]([245]\\.[0-9]{1,3}\\.[0-9]{1,3})\\b");
    private static final Pattern POLICY =
            Pattern.compile(
                    "policy|spam|blocked|black ?list|block ?list|reputation|dmarc|not allowed to"
                            + " send|\\brelay(?:ing)?\\b");
    private static final Pattern GREYLISTING = Pattern.compile("gr[ea]y ?-?list");
    private static final Pattern SLOW_DOWN =
            Pattern.compile("too many|\\brates?\\b|rate-?limit|throttl|slow down");
    private static final Pattern OF_SYSTEM = Pattern.compile("4\\.[34]\\.");
    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:in|after|for|wait) +([0-9]{1,5})"
                            + " *(s|sec|seconds?|m|min|minutes?|h|hours?)\\b");

    private SmtpReplyClassifier() {}

    /// The outcome of a reply that is not a yes.
    ///
    /// @param text the whole reply, code included
    /// @param part what of the message the command was about
    static AttemptOutcome classify(int code, String text, RefusedPart part) {
        var reply = new ProviderReply(code, enhancedCode(text));
        String lower = text.toLowerCase(Locale.ROOT);
        if (code == 530 || code == 535 || code == 538) {
            return new AttemptOutcome.Busy(Reason.PROVIDER_MISCONFIGURED, reply, null);
        }
        return code >= 500 && code < 600
                ? new AttemptOutcome.Refused(refusal(reply, lower, part), reply, part)
                : busy(reply, lower);
    }

    /// What is reported of a reply: codes only, since texts may quote the address.
    static ProviderReply reply(int code, String text) {
        return new ProviderReply(code, enhancedCode(text));
    }

    /// Some servers say of senders what RFC 3463 has for recipients.
    private static Reason refusal(ProviderReply reply, String text, RefusedPart part) {
        if (part != RefusedPart.SENDER && NO_SUCH_ADDRESS.contains(reply.enhancedCode())) {
            return Reason.ADDRESS_REFUSED;
        }
        boolean policy = reply.enhancedCode().startsWith("5.7.") || POLICY.matcher(text).find();
        return policy ? Reason.POLICY_REFUSED : Reason.MESSAGE_REFUSED;
    }

    private static AttemptOutcome busy(ProviderReply reply, String text) {
        return new AttemptOutcome.Busy(delay(reply, text), reply, hint(text));
    }

    /// What concerns one address slows down nobody else: not greylisting, and not what is said of a
    /// mailbox (4.2.x), even if that gets too many mails itself.
    private static Reason delay(ProviderReply reply, String text) {
        boolean ofMailbox = reply.enhancedCode().startsWith("4.2.");
        if (GREYLISTING.matcher(text).find()) {
            return Reason.ADDRESS_BUSY;
        }
        if (reply.code() == 421 || (!ofMailbox && SLOW_DOWN.matcher(text).find())) {
            return Reason.PROVIDER_THROTTLED;
        }
        boolean ofSystem = OF_SYSTEM.matcher(reply.enhancedCode()).lookingAt();
        return ofMailbox || (reply.code() == 450 && !ofSystem)
                ? Reason.ADDRESS_BUSY
                : Reason.PROVIDER_BUSY;
    }

    private static @Nullable Duration hint(String text) {
        Matcher wait = WAIT.matcher(text);
        if (!wait.find()) {
            return null;
        }
        long amount = Long.parseLong(wait.group(1));
        return switch (wait.group(2).charAt(0)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static String enhancedCode(String text) {
        Matcher enhanced = ENHANCED.matcher(text);
        return enhanced.find() ? enhanced.group(1) : "";
    }
}
