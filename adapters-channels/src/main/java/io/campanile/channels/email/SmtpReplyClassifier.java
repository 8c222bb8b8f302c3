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

    /// As qmail has it, behind its words, and its chkuser: `(#5.1.1 - chkuser)`.
    private static final Pattern ENHANCED_AT_END =
            Pattern.compile("\\(#([245]\\.[0-9]{1,3}\\.[0-9]{1,3})\\b");

    /// What is about us: the sender, a quota (as some use 5.4.5), the form of commands, the name of
    /// the host we come from, and of Microsoft whom we may send as (5.2.252 and 5.7.60), and that
    /// we are shut out.
    private static final Pattern OF_CLIENT =
            Pattern.compile(
                    "5\\.1\\.[78]|5\\.2\\.252|5\\.4\\.5|5\\.5\\.[1356]"
                            + "|5\\.7\\.(?:25|60|50[1-3]|7[0-4][0-9]|750)");

    /// What is about the address, whatever the words: "unknown in relay recipient table". Of a
    /// mailbox there are more codes than RFC 3463 has, such as 5.2.122 for a limit of its own.
    private static final Pattern OF_ADDRESS =
            Pattern.compile("[45]\\.1\\.(?:1|6|10)|5\\.2\\.[0-9]+");

    /// Behind this a relay quotes what another server said to it of the recipient (Postfix, Exim).
    private static final Pattern QUOTES =
            Pattern.compile(
                    "\\b(?:undeliverable|unverified) address:|\\bcallout verification failed");

    /// That we may not relay, are not greeted rightly or not let in, may not use this sender, or
    /// have had our share. What a list's members may send is up to the list.
    private static final Pattern ABOUT_CLIENT =
            anyOf(
                    "\\brcpthosts\\b",
                    "\\brelay(?:ing)?(?: access)? (?:is )?(?:denied|not|prohibited)\\b",
                    "\\b(?:to|not|cannot) relay\\b",
                    "\\brelaying +(?:\\S+ +){0,3}(?:denied|prohibited|disallowed)\\b",
                    "\\bunauthori[sz]ed relaying\\b",
                    "\\bcredentials for relay\\b",
                    "\\bhelo\\b",
                    "\\bclient host\\b",
                    "\\byour (?:ip|host)\\b",
                    "\\bsender +(?:address )?(?:is )?(?:rejected|denied|not allowed)\\b"
                            + "(?! (?:by|to (?:post|write|send)))",
                    "\\bsender verify (?:fail|callout)",
                    "^5[0-9]{2}-verification failed for\\b",
                    "\\bverified sender identity\\b",
                    "\\b(?:email address|identity|domain) (?:is )?not verified\\b",
                    "\\bmail sending denied\\b",
                    "\\bsending (?:is )?(?:paused|suspended)\\b",
                    "\\bnot authori[sz]ed to perform\\b",
                    "\\b(?:permissions?|allowed|authori[sz]ed|able) to send as\\b",
                    "(?:daily|hourly|monthly|sending|outgoing) (?:[a-z]+ ){0,2}"
                            + "(?:quota|limit)s?\\b");

    private static final Pattern SIGN_IN =
            anyOf(
                    "\\bsmtp auth",
                    "\\bauthentication (?:is )?(?:required|needed)\\b"
                            + "(?! to (?:post|write|send))",
                    "\\brequires authentication\\b",
                    "\\bnot authenticated\\b",
                    "\\b(?:must|please|need to) (?:be )?authenticated?\\b");

    /// Who may not write to a group of Exchange's, and mails without SPF or DKIM: signing in to the
    /// relay helps neither.
    private static final String RESTRICTED_GROUP = "resolver.rst";

    private static final Pattern MAIL_AUTHENTICATION =
            Pattern.compile("5\\.7\\.(?:2[0-9]|5[0-9]{2})");

    /// What Microsoft says of the sender's mailbox, with codes that otherwise concern the
    /// recipient's.
    private static final Pattern OF_SENDERS_MAILBOX =
            Pattern.compile(
                    "sendasdenied|submissionquotaexceeded|storedrv\\.submission\\.exception:quota");

    private static final Pattern GREYLISTING = Pattern.compile("gr[ea]y ?-?list");

    private static final Pattern SLOW_DOWN =
            Pattern.compile(
                    "too many|too much mail|\\brates?\\b|rate-?limit|throttl|slow down|concurrent");

    private static final Pattern OVER_LIMIT =
            Pattern.compile("limits? exceeded|exceeded [a-z ]{0,40}limits?\\b");

    /// Limits of one mailbox or one mail ask nobody to slow down.
    private static final Pattern OF_ONE =
            Pattern.compile(
                    "mailbox|quota|disk|storage|\\bsize limit"
                            + "|recipient(?! (?:address rejected|limit))");

    /// What Google says when it takes no more from us, with a code about a mailbox (4.2.1).
    private static final String RELAY_LIMIT = "relay limit";

    /// Codes about the relay and the way to it, and those that concern the client where they are
    /// final.
    private static final Pattern PUTS_OFF_ALL =
            Pattern.compile("4\\.(?:[34]\\.|1\\.[78]$|7\\.25$)");

    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:in|after|for|wait) +(?:([0-9]{1,5})"
                            + " *(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)|"
                            + "([0-9]{1,2}):([0-5][0-9]):([0-5][0-9]))\\b");

    private SmtpReplyClassifier() {}

    private static Pattern anyOf(String... expressions) {
        return Pattern.compile(String.join("|", expressions));
    }

    /// The outcome of a reply that is not a yes.
    ///
    /// @param text the whole reply, code included
    /// @param part what of the message the command was about
    static AttemptOutcome classify(int code, String text, RefusedPart part) {
        var reply = new ProviderReply(code, enhancedCode(text));
        String words = RefusalReasons.words(text);
        String own = ownWords(words, part);
        if (code < 500 || code >= 600) {
            return new AttemptOutcome.Busy(delay(reply, words, own, part), reply, hint(words));
        }
        return isOfClient(reply, own, part)
                ? new AttemptOutcome.Busy(Reason.PROVIDER_MISCONFIGURED, reply, null)
                : refused(reply, words, part);
    }

    /// What the relay says itself: what another server has against the relay says nothing of us.
    private static String ownWords(String words, RefusedPart part) {
        Matcher quotes = QUOTES.matcher(words);
        return part == RefusedPart.RECIPIENT && quotes.find()
                ? words.substring(0, quotes.start())
                : words;
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
    private static boolean isOfClient(ProviderReply reply, String own, RefusedPart part) {
        String enhanced = reply.enhancedCode();
        return switch (reply.code()) {
            case 530, 535, 538 -> true;
            default ->
                    part == RefusedPart.SENDER
                            ? !enhanced.startsWith("5.6.")
                            : OF_CLIENT.matcher(enhanced).matches()
                                    || OF_SENDERS_MAILBOX.matcher(own).find()
                                    || isAboutClient(enhanced, own);
        };
    }

    private static boolean isAboutClient(String enhanced, String own) {
        return !OF_ADDRESS.matcher(enhanced).matches()
                && (ABOUT_CLIENT.matcher(own).find() || asksToSignIn(enhanced, own));
    }

    private static boolean asksToSignIn(String enhanced, String own) {
        return SIGN_IN.matcher(own).find()
                && !own.contains(RESTRICTED_GROUP)
                && !MAIL_AUTHENTICATION.matcher(enhanced).matches();
    }

    /// What is reported of a reply: codes only, since texts may quote the address.
    static ProviderReply reply(int code, String text) {
        return new ProviderReply(code, enhancedCode(text));
    }

    /// What concerns one address slows down nobody else: not greylisting, and not what is said of a
    /// mailbox (4.2.x), even if that gets too many mails itself. When the sender is put off, no
    /// address is known yet.
    private static Reason delay(ProviderReply reply, String words, String own, RefusedPart part) {
        boolean named = part != RefusedPart.SENDER;
        boolean ofMailbox = named && reply.enhancedCode().startsWith("4.2.");
        if (named && GREYLISTING.matcher(words).find()) {
            return Reason.ADDRESS_BUSY;
        }
        if (reply.code() == 421
                || own.contains(RELAY_LIMIT)
                || (!ofMailbox && asksToSlowDown(own))) {
            return Reason.PROVIDER_THROTTLED;
        }
        boolean ofAddress = named && reply.code() == 450 && !isOfOthers(reply, own);
        return ofMailbox || ofAddress ? Reason.ADDRESS_BUSY : Reason.PROVIDER_BUSY;
    }

    private static boolean asksToSlowDown(String own) {
        return SLOW_DOWN.matcher(own).find()
                || (OVER_LIMIT.matcher(own).find() && !OF_ONE.matcher(own).find());
    }

    /// What puts off every address: the state of the relay, or what it has against us.
    private static boolean isOfOthers(ProviderReply reply, String own) {
        return PUTS_OFF_ALL.matcher(reply.enhancedCode()).lookingAt()
                || isAboutClient(reply.enhancedCode(), own);
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
