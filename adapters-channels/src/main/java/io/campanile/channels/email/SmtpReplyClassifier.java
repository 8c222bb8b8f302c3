package io.campanile.channels.email;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusalReasons;
import io.campanile.domain.message.RefusedPart;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a refusing SMTP reply means for a message: by its code (RFC 5321) and enhanced status code
/// (RFC 3463), and by its text only where codes are known to be used loosely. A relay that refuses
/// us says nothing of the message.
final class SmtpReplyClassifier {
    private static final Pattern ENHANCED =
            Pattern.compile("^[245][0-9]{2}[ -]\\(?#?([245]\\.[0-9]{1,3}\\.[0-9]{1,3})\\b");

    /// As qmail has it, behind its words.
    private static final Pattern ENHANCED_AT_END =
            Pattern.compile("\\(#([245]\\.[0-9]{1,3}\\.[0-9]{1,3})\\)");

    /// What is about us: the sender, a quota (as some use 5.4.5), the form of commands, the name of
    /// the host we come from, and whom we may send as (5.2.252 and 5.7.60, of Microsoft).
    private static final Pattern OF_CLIENT =
            Pattern.compile("5\\.1\\.[78]|5\\.2\\.252|5\\.4\\.5|5\\.5\\.[1356]|5\\.7\\.(?:25|60)");

    /// What is about the address, whatever the words: "unknown in relay recipient table". Of the
    /// mailbox there are no more codes (RFC 3463) than those.
    private static final Pattern OF_ADDRESS = Pattern.compile("5\\.1\\.(?:1|6|10)|5\\.2\\.[0-4]");

    private static final Pattern ABOUT_CLIENT =
            Pattern.compile(
                    "\\brcpthosts\\b|\\brelay(?:ing)?(?: access)? (?:is"
                            + " )?(?:denied|not|prohibited)\\b|\\b(?:to|not|cannot)"
                            + " relay\\b|\\bhelo\\b|\\bclient host\\b|\\byour (?:ip|host)\\b|sender"
                            + " address rejected|sender verif|\\bverified sender|\\bnot verified\\b"
                            + "|\\bsending (?:is )?(?:paused|suspended)\\b|\\bnot authori[sz]ed to"
                            + " perform\\b|\\b(?:permissions?|allowed|authori[sz]ed|able)"
                            + " to send as\\b|(?:daily|hourly|monthly|sending|outgoing) (?:[a-z]+"
                            + " ){0,2}(?:quota|limit)s?\\b");

    /// Of Microsoft, with codes that are about a mailbox: that of the sender.
    private static final Pattern OF_SENDERS_MAILBOX =
            Pattern.compile(
                    "sendasdenied|submissionquotaexceeded|storedrv\\.submission\\.exception:quota");

    private static final Pattern GREYLISTING = Pattern.compile("gr[ea]y ?-?list");

    /// Limits of one mailbox or one mail ask nobody to slow down.
    private static final Pattern SLOW_DOWN =
            Pattern.compile(
                    "too many|too much mail|\\brates?\\b|rate-?limit|throttl|slow down|concurrent|"
                            + "(?<!\\b(?:mailbox|storage|size) )limits? exceeded|exceeded"
                            + " [a-z ]{0,40}(?<!\\b(?:mailbox|storage|size) )limits?\\b");

    /// Of the relay and the way to it, and the codes that are about the client where they are
    /// final.
    private static final Pattern PUTS_OFF_ALL =
            Pattern.compile("4\\.(?:[34]\\.|1\\.[78]$|7\\.25$)");

    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:in|after|for|wait) +(?:([0-9]{1,5})"
                            + " *(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)|"
                            + "([0-9]{1,2}):([0-5][0-9]):([0-5][0-9]))\\b");

    private SmtpReplyClassifier() {}

    /// The outcome of a reply that is not a yes.
    ///
    /// @param text the whole reply, code included
    /// @param part what of the message the command was about
    static AttemptOutcome classify(int code, String text, RefusedPart part) {
        var reply = new ProviderReply(code, enhancedCode(text));
        String words = RefusalReasons.words(text);
        if (code < 500 || code >= 600) {
            return busy(reply, words, part);
        }
        return isOfClient(reply, words, part)
                ? new AttemptOutcome.Busy(Reason.PROVIDER_MISCONFIGURED, reply, null)
                : refused(reply, words, part);
    }

    private static AttemptOutcome refused(ProviderReply reply, String text, RefusedPart part) {
        String enhanced = reply.enhancedCode();
        RefusedPart closer =
                part == RefusedPart.RECIPIENT
                        ? RefusalReasons.partOfRecipient(enhanced, text)
                        : part;
        return new AttemptOutcome.Refused(RefusalReasons.of(enhanced, text), reply, closer);
    }

    /// Whether it is us whom the relay refuses, and not this message: all others would fare alike,
    /// until somebody mends it. Nothing of a message is known when the sender is refused, but that
    /// it may need more than ASCII (5.6.x).
    private static boolean isOfClient(ProviderReply reply, String text, RefusedPart part) {
        String enhanced = reply.enhancedCode();
        return switch (reply.code()) {
            case 530, 535, 538 -> true;
            default ->
                    part == RefusedPart.SENDER
                            ? !enhanced.startsWith("5.6.")
                            : OF_CLIENT.matcher(enhanced).matches()
                                    || OF_SENDERS_MAILBOX.matcher(text).find()
                                    || (!OF_ADDRESS.matcher(enhanced).matches()
                                            && ABOUT_CLIENT.matcher(text).find());
        };
    }

    /// What is reported of a reply: codes only, since texts may quote the address.
    static ProviderReply reply(int code, String text) {
        return new ProviderReply(code, enhancedCode(text));
    }

    private static AttemptOutcome busy(ProviderReply reply, String text, RefusedPart part) {
        return new AttemptOutcome.Busy(delay(reply, text, part), reply, hint(text));
    }

    /// What concerns one address slows down nobody else: not greylisting, and not what is said of a
    /// mailbox (4.2.x), even if that gets too many mails itself. When the sender is put off, no
    /// address is known yet.
    private static Reason delay(ProviderReply reply, String text, RefusedPart part) {
        boolean named = part != RefusedPart.SENDER;
        boolean ofMailbox = named && reply.enhancedCode().startsWith("4.2.");
        if (named && GREYLISTING.matcher(text).find()) {
            return Reason.ADDRESS_BUSY;
        }
        if (reply.code() == 421 || (!ofMailbox && SLOW_DOWN.matcher(text).find())) {
            return Reason.PROVIDER_THROTTLED;
        }
        boolean ofAddress = named && reply.code() == 450 && !isOfOthers(reply, text);
        return ofMailbox || ofAddress ? Reason.ADDRESS_BUSY : Reason.PROVIDER_BUSY;
    }

    /// What puts off every address: the state of the relay, or what it has against us.
    private static boolean isOfOthers(ProviderReply reply, String text) {
        return PUTS_OFF_ALL.matcher(reply.enhancedCode()).lookingAt()
                || ABOUT_CLIENT.matcher(text).find();
    }

    private static @Nullable Duration hint(String text) {
        Matcher wait = WAIT.matcher(text);
        if (!wait.find()) {
            return null;
        }
        if (wait.group(1) == null) {
            return Duration.ofHours(Long.parseLong(wait.group(3)))
                    .plusMinutes(Long.parseLong(wait.group(4)))
                    .plusSeconds(Long.parseLong(wait.group(5)));
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
        if (enhanced.find()) {
            return enhanced.group(1);
        }
        Matcher atEnd = ENHANCED_AT_END.matcher(text);
        return atEnd.find() ? atEnd.group(1) : "";
    }
}
