package io.campanile.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class SmtpReplyClassifierTest {
    @ParameterizedTest
    @CsvSource({
        "550 5.1.1 no such user, ADDRESS_REFUSED, 5.1.1",
        "550 5.1.6 moved, ADDRESS_REFUSED, 5.1.6",
        "556 5.1.10 null MX, ADDRESS_REFUSED, 5.1.10",
        "550-5.1.1 first line, ADDRESS_REFUSED, 5.1.1",
        "550 no such user here, MESSAGE_REFUSED, ''",
        "550 5.1.2 bad domain, MESSAGE_REFUSED, 5.1.2",
        "552 5.2.2 mailbox full, MESSAGE_REFUSED, 5.2.2",
        "550 5.7.1 denied, POLICY_REFUSED, 5.7.1",
        "550 5.7.26 unauthenticated, POLICY_REFUSED, 5.7.26",
        "550 sorry no mailbox here by that name (#5.1.1), ADDRESS_REFUSED, 5.1.1",
        "550 #5.1.0 Address rejected., MESSAGE_REFUSED, 5.1.0",
        "550 (#5.1.1) no such user, ADDRESS_REFUSED, 5.1.1",
        "554 mail not wanted here (#5.7.1), POLICY_REFUSED, 5.7.1",
        "550 see 5.1.1 or #5.1.1 for more, MESSAGE_REFUSED, ''",
        "550 Administrative prohibition, POLICY_REFUSED, ''",
        "554 Message rejected as SPAM, POLICY_REFUSED, ''",
        "554 the message is on a blocklist, POLICY_REFUSED, ''",
        "550 5.1.1 User unknown in relay recipient table, ADDRESS_REFUSED, 5.1.1",
        "550 unknown in relay recipient table, POLICY_REFUSED, ''",
        "550 5.2.1 daily limit of that user, MESSAGE_REFUSED, 5.2.1",
        "552 5.2.2 <spam@example.com>: mailbox full, MESSAGE_REFUSED, 5.2.2",
        "550 no user spam@relay.example here, MESSAGE_REFUSED, ''",
        "550 5.1.0 see https://policy.example/relay for why, MESSAGE_REFUSED, 5.1.0",
        "550 5.5.0 mailbox unavailable, MESSAGE_REFUSED, 5.5.0",
        "552 5.2.2 mailbox quota exceeded, MESSAGE_REFUSED, 5.2.2",
        "552 5.3.4 message size exceeds limit, MESSAGE_REFUSED, 5.3.4",
        "554 5.6.0 malformed, MESSAGE_REFUSED, 5.6.0",
        "'550 sorry, user over quota (#5.1.1)', MESSAGE_REFUSED, 5.1.1",
        "550 5.1.1 mailbox full, MESSAGE_REFUSED, 5.1.1",
        "'571 sorry, you are violating our security policies (#5.1.1 - chkuser)',"
                + " POLICY_REFUSED, 5.1.1",
        "550 5.7.26 this sender must authenticate by SPF or DKIM, POLICY_REFUSED, 5.7.26",
        "550 5.7.515 the required authentication level; authentication required,"
                + " POLICY_REFUSED, 5.7.515",
        "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required, POLICY_REFUSED, 5.7.1",
        "550 5.7.1 mail is unauthenticated, POLICY_REFUSED, 5.7.1",
        "550 5.7.1 Sender not allowed to post to this list, POLICY_REFUSED, 5.7.1",
        "550 sender rejected by recipient, MESSAGE_REFUSED, ''",
        "550 authentication required to write to this group, MESSAGE_REFUSED, ''",
        "511 no mailbox here by that name (#5.1.1 - chkuser), ADDRESS_REFUSED, 5.1.1",
        "550 against our policies, POLICY_REFUSED, ''",
        "550 <bob@dead.example>: Recipient address rejected: undeliverable address:"
                + " host mx.dead.example[192.0.2.1] said: 550 5.7.1 Client host rejected,"
                + " MESSAGE_REFUSED, ''",
        "550-Callout verification failed: 550 550 5.7.1 relay not permitted, POLICY_REFUSED, ''",
        "550-Callout verification failed: 550 Sender verify failed, MESSAGE_REFUSED, ''",
        "550 5.7.1 DKIM signature not verified, POLICY_REFUSED, 5.7.1",
        "550 5.7.1 recipient account is not verified, POLICY_REFUSED, 5.7.1",
        "550 this user only accepts mail from verified senders, MESSAGE_REFUSED, ''",
        "550 5.7.1 sender verification of header From failed, POLICY_REFUSED, 5.7.1",
        "550 5.7.504 denied, POLICY_REFUSED, 5.7.504",
        "550 5.7.751 denied, POLICY_REFUSED, 5.7.751",
        "550 5.2.121 over the hourly message limit for this sender, MESSAGE_REFUSED, 5.2.121",
        "550 5.2.122 recipient is over the hourly limit, MESSAGE_REFUSED, 5.2.122",
        "550 5.2.14 daily limit of that user, MESSAGE_REFUSED, 5.2.14",
    })
    void tellsWhatIsFinal(String text, Reason reason, String enhanced) {
        int code = Integer.parseInt(text.substring(0, 3));

        assertThat(SmtpReplyClassifier.classify(code, text, RefusedPart.RECIPIENT))
                .isEqualTo(
                        new AttemptOutcome.Refused(
                                reason, new ProviderReply(code, enhanced), RefusedPart.RECIPIENT));
    }

    /// So Microsoft 365 says that there is no such recipient.
    @ParameterizedTest
    @CsvSource({
        "RECIPIENT, 550 5.4.1 Recipient address rejected: Access denied., 5.4.1, ADDRESS",
        "RECIPIENT, 550 5.4.1 [ann@example.com]: Recipient address rejected, 5.4.1, ADDRESS",
        "RECIPIENT, 550 5.4.1 no way there, 5.4.1, RECIPIENT",
        "RECIPIENT, 550 5.4.10 Recipient address rejected, 5.4.10, RECIPIENT",
        "CONTENT, 550 5.4.1 Recipient address rejected, 5.4.1, CONTENT",
    })
    void tellsAnAddressThatIsRejectedFromAWayThatIsNotThere(
            RefusedPart of, String text, String enhanced, RefusedPart part) {
        assertThat(SmtpReplyClassifier.classify(550, text, of))
                .isEqualTo(
                        new AttemptOutcome.Refused(
                                Reason.MESSAGE_REFUSED, new ProviderReply(550, enhanced), part));
    }

    /// A relay that refuses us would refuse the whole backlog.
    @ParameterizedTest
    @CsvSource({
        "SENDER, 550 5.1.1 who?, 5.1.1",
        "SENDER, 553 5.7.1 sender address not owned by you, 5.7.1",
        "SENDER, 550 5.4.5 daily quota exceeded, 5.4.5",
        "SENDER, 550 no, ''",
        "RECIPIENT, 553 5.7.1 <news@example.com>: Sender address rejected: not owned, 5.7.1",
        "RECIPIENT, 554 5.7.1 <ann@example.com>: Relay access denied, 5.7.1",
        "RECIPIENT, 550 5.7.54 Unable to relay recipient in non-accepted domain, 5.7.54",
        "RECIPIENT, 550 5.1.8 bad domain of the sender, 5.1.8",
        "RECIPIENT, 550 relay not permitted, ''",
        "RECIPIENT, 550 Relaying denied, ''",
        "RECIPIENT, 553 [5.7.1] Relaying disallowed as news@example.com, ''",
        "RECIPIENT, 550 5.7.1 Relaying to <ann@example.com> denied (authentication required),"
                + " 5.7.1",
        "RECIPIENT, 550 5.7.1 Relaying to <ann@example.com> denied, 5.7.1",
        "RECIPIENT, 550 relaying to <ann@example.com> prohibited by administrator, ''",
        "RECIPIENT, 550 5.7.1 I don't allow unauthorized relaying, 5.7.1",
        "RECIPIENT, '571 sorry, you must authenticate first (#5.7.1 - chkuser)', 5.7.1",
        "RECIPIENT, 550 SMTP AUTH is required for message submission on port 587, ''",
        "RECIPIENT, 550 must be authenticated, ''",
        "RECIPIENT, 550 Please authenticate before sending, ''",
        "RECIPIENT, 503 This mail server requires authentication when attempting to send, ''",
        "RECIPIENT, 550 5.7.3 user not authenticated, 5.7.3",
        "RECIPIENT, 550 5.1.0 <news@example.com> sender rejected, 5.1.0",
        "RECIPIENT, 550 Sender address is not allowed., ''",
        "RECIPIENT, 504 5.5.2 <node7>: Helo command rejected: need a whole name, 5.5.2",
        "RECIPIENT, 554 5.7.1 Client host [192.0.2.1] blocked, 5.7.1",
        "RECIPIENT, 554 your IP is on a blocklist, ''",
        "CONTENT, 550 5.4.5 Daily user sending limit exceeded, 5.4.5",
        "CONTENT, 550 sending quota exceeded, ''",
        "CONTENT, 550 5.7.25 no name for your address, 5.7.25",
        "CONTENT, 554 Message rejected: Sending paused for this account., ''",
        "CONTENT, 554 Sending suspended for this account. For more information see a page, ''",
        "CONTENT, 554 Message rejected: Email address is not verified., ''",
        "CONTENT, 554 Access denied: User is not authorized to perform ses:SendRawEmail, ''",
        "CONTENT, 550 The from address does not match a verified Sender Identity., ''",
        "CONTENT, 550 5.7.60 SMTP; Client does not have permissions to send as this sender, 5.7.60",
        "CONTENT, 550 Client does not have permissions to send as this sender, ''",
        "CONTENT, 554 5.2.252 SendAsDenied; news@example.com not allowed to send as x, 5.2.252",
        "RECIPIENT, 550 Sender verify failed, ''",
        "RECIPIENT, 550-Verification failed for <news@example.com> 550-Callout verification"
                + " failed: 550-550 nobody 550 Sender verify failed, ''",
        "CONTENT, 554 the identity is not verified, ''",
        "CONTENT, 554 domain not verified, ''",
        "CONTENT, 550 5.7.501 Access denied; spam abuse detected, 5.7.501",
        "RECIPIENT, 550 5.7.503 Access denied; banned sender, 5.7.503",
        "CONTENT, 550 5.7.705 Access denied; tenant has exceeded threshold, 5.7.705",
        "RECIPIENT, 550 5.7.708 Access denied; traffic not accepted from here, 5.7.708",
        "CONTENT, 550 5.7.750 Client blocked from sending from unregistered domains, 5.7.750",
        "RECIPIENT, 550-5.7.1 Invalid credentials for relay [192.0.2.1]., 5.7.1",
        "CONTENT, 550 5.7.0 Mail Sending denied., 5.7.0",
        "RECIPIENT, 553 sorry not in my list of allowed rcpthosts (#5.7.1), 5.7.1",
        "CONTENT, 554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.Mapi, 5.2.0",
        "CONTENT, 554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException, 5.2.0",
        "CONTENT, 554 5.2.2 full; STOREDRV.Submission.Exception:QuotaExceededException, 5.2.2",
    })
    void blamesNoMessageWhereTheRelayRefusesUs(RefusedPart part, String text, String enhanced) {
        int code = Integer.parseInt(text.substring(0, 3));

        assertThat(SmtpReplyClassifier.classify(code, text, part))
                .isEqualTo(
                        new AttemptOutcome.Busy(
                                Reason.PROVIDER_MISCONFIGURED,
                                new ProviderReply(code, enhanced),
                                null));
    }

    @Test
    void refusesAMessageWhoseSenderNeedsMoreThanAsciiHere() {
        assertThat(SmtpReplyClassifier.classify(550, "550 5.6.7 no UTF-8", RefusedPart.SENDER))
                .isEqualTo(
                        new AttemptOutcome.Refused(
                                Reason.MESSAGE_REFUSED,
                                new ProviderReply(550, "5.6.7"),
                                RefusedPart.SENDER));
    }

    @ParameterizedTest
    @CsvSource({
        "451 4.3.0 internal error, PROVIDER_BUSY, 4.3.0, ",
        "451 4.7.500 server busy, PROVIDER_BUSY, 4.7.500, ",
        "451 integrated and separate systems operate, PROVIDER_BUSY, '', ",
        "450 mailbox busy, ADDRESS_BUSY, '', ",
        "452 4.2.2 over quota, ADDRESS_BUSY, 4.2.2, ",
        "450 4.7.1 later, ADDRESS_BUSY, 4.7.1, ",
        "450 4.1.2 <ann@mortgage-rates.example>: Recipient address rejected: Domain not found,"
                + " ADDRESS_BUSY, 4.1.2, ",
        "451 4.3.0 <in-5-minutes@example.com> later, PROVIDER_BUSY, 4.3.0, ",
        "450 4.2.1 that user receives mail at a rate we do not take, ADDRESS_BUSY, 4.2.1, ",
        "451 greylisted, ADDRESS_BUSY, '', ",
        "421 4.7.0 gray-listed, ADDRESS_BUSY, 4.7.0, ",
        "450 4.2.0 Greylisted; try again in 300 seconds, ADDRESS_BUSY, 4.2.0, PT5M",
        "451 4.7.1 greylisting in action please come back in 5 minutes, ADDRESS_BUSY, 4.7.1, PT5M",
        "451 4.7.1 Greylisting in action please come back in 00:05:00, ADDRESS_BUSY, 4.7.1, PT5M",
        "451 greylisted; come back in 1:02:03, ADDRESS_BUSY, '', PT1H2M3S",
        "450 4.2.0 Greylisted; try again in 5 mins, ADDRESS_BUSY, 4.2.0, PT5M",
        "450 4.2.0 Greylisted for 300 secs, ADDRESS_BUSY, 4.2.0, PT5M",
        "450 4.2.0 Greylisted; retry after 2 hrs, ADDRESS_BUSY, 4.2.0, PT2H",
        "450 4.2.0 Greylisted; retry after 1 hr, ADDRESS_BUSY, 4.2.0, PT1H",
        "450 4.2.0 Greylisted; retry in 5 months, ADDRESS_BUSY, 4.2.0, ",
        "450 4.2.0 Greylisted; retry in 00:99:00, ADDRESS_BUSY, 4.2.0, ",
        "421 closing, PROVIDER_THROTTLED, '', ",
        "451 too many messages, PROVIDER_THROTTLED, '', ",
        "450 4.7.0 sending rate exceeded, PROVIDER_THROTTLED, 4.7.0, ",
        "451 4.7.650 temporarily rate limited, PROVIDER_THROTTLED, 4.7.650, ",
        "454 Throttling failure: daily message quota exceeded, PROVIDER_THROTTLED, '', ",
        "450 4.3.2 retry after 1 hour, PROVIDER_BUSY, 4.3.2, PT1H",
        "432 4.3.2 Concurrent connections limit exceeded, PROVIDER_THROTTLED, 4.3.2, ",
        "452 4.3.1 connection limit exceeded, PROVIDER_THROTTLED, 4.3.1, ",
        "451 4.7.0 you have exceeded your message limit, PROVIDER_THROTTLED, 4.7.0, ",
        "450 4.2.2 mailbox has exceeded its limit, ADDRESS_BUSY, 4.2.2, ",
        "450 mailbox limit exceeded, ADDRESS_BUSY, '', ",
        "450 the user has exceeded the mailbox size limit, ADDRESS_BUSY, '', ",
        "450 4.2.1 Peak SMTP relay limit exceeded for customer, PROVIDER_THROTTLED, 4.2.1, ",
        "452 The recipient mailbox has exceeded its disk space limit, PROVIDER_BUSY, '', ",
        "451 mailbox exceeded the local limit, PROVIDER_BUSY, '', ",
        "452 disk limit exceeded for user, PROVIDER_BUSY, '', ",
        "452 account storage limit exceeded, PROVIDER_BUSY, '', ",
        "452 message size limit exceeded, PROVIDER_BUSY, '', ",
        "451 4.3.0 mailbox quota limit exceeded, PROVIDER_BUSY, 4.3.0, ",
        "450 4.7.1 <bob@x.example>: Recipient address rejected: message limit exceeded,"
                + " PROVIDER_THROTTLED, 4.7.1, ",
        "452 4.5.3 hourly recipient limit exceeded, PROVIDER_THROTTLED, 4.5.3, ",
        "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded, PROVIDER_BUSY, 4.3.2, ",
        "450 4.1.1 <bob@dead.example>: Recipient address rejected: undeliverable address:"
                + " host mx.dead.example[192.0.2.1] said: 554 5.7.1 <bob@dead.example>:"
                + " Relay access denied, ADDRESS_BUSY, 4.1.1, ",
        "450 4.1.1 <bob@dead.example>: Recipient address rejected: unverified address:"
                + " host mx.dead.example[192.0.2.1] said: 421 Concurrent sessions,"
                + " ADDRESS_BUSY, 4.1.1, ",
        "450 <bob@dead.example>: Recipient address rejected: unverified address:"
                + " host mx.dead.example[192.0.2.1] said: 450 Your IP is not known,"
                + " ADDRESS_BUSY, '', ",
        "450-Callout verification failed: 450 connection limit exceeded, ADDRESS_BUSY, '', ",
        "450 4.1.1 nobody that your host may write to, ADDRESS_BUSY, 4.1.1, ",
        "535 5.7.8 wrong password, PROVIDER_MISCONFIGURED, 5.7.8, ",
        "530 5.7.0 sign in, PROVIDER_MISCONFIGURED, 5.7.0, ",
    })
    void tellsWhatIsWorthAnotherTry(String text, Reason reason, String enhanced, Duration hint) {
        int code = Integer.parseInt(text.substring(0, 3));

        assertThat(SmtpReplyClassifier.classify(code, text, RefusedPart.RECIPIENT))
                .isEqualTo(
                        new AttemptOutcome.Busy(reason, new ProviderReply(code, enhanced), hint));
    }

    /// A relay that puts us off would put off every other message as well.
    @ParameterizedTest
    @CsvSource({
        "SENDER, 450 4.7.1 later, PROVIDER_BUSY, 4.7.1",
        "SENDER, 450 4.2.1 later, PROVIDER_BUSY, 4.2.1",
        "SENDER, 450 greylisted, PROVIDER_BUSY, ''",
        "SENDER, 450 4.2.1 too many mails at once, PROVIDER_THROTTLED, 4.2.1",
        "SENDER, 450 4.7.1 Error: too much mail from 192.0.2.1, PROVIDER_THROTTLED, 4.7.1",
        "RECIPIENT, 450 4.7.1 Error: too much mail from 192.0.2.1, PROVIDER_THROTTLED, 4.7.1",
        "RECIPIENT, 450 4.7.25 no name for your address, PROVIDER_BUSY, 4.7.25",
        "RECIPIENT, 450 4.7.1 Client host rejected: cannot find it, PROVIDER_BUSY, 4.7.1",
        "RECIPIENT, 450 4.1.8 Domain not found, PROVIDER_BUSY, 4.1.8",
        "RECIPIENT, 450 4.1.7 unverified, PROVIDER_BUSY, 4.1.7",
        "RECIPIENT, 450 <a@b.example>: Sender address rejected, PROVIDER_BUSY, ''",
        "RECIPIENT, 450 <a@b.example>: Sender address rejected: unverified address: later,"
                + " PROVIDER_BUSY, ''",
        "RECIPIENT, 450 Could not complete sender verify callout, PROVIDER_BUSY, ''",
        "RECIPIENT, 450 4.7.1 <node7>: Helo command rejected: Host not found, PROVIDER_BUSY, 4.7.1",
        "CONTENT, 450 your host has no name, PROVIDER_BUSY, ''",
        "CONTENT, 450 4.2.1 Peak SMTP relay limit exceeded, PROVIDER_THROTTLED, 4.2.1",
        "RECIPIENT, 450 4.7.1 your host is greylisted, ADDRESS_BUSY, 4.7.1",
        "RECIPIENT, 450 4.7.250 later, ADDRESS_BUSY, 4.7.250",
    })
    void tellsARelayThatPutsUsOffFromOneThatPutsOffAnAddress(
            RefusedPart part, String text, Reason reason, String enhanced) {
        assertThat(SmtpReplyClassifier.classify(450, text, part))
                .isEqualTo(new AttemptOutcome.Busy(reason, new ProviderReply(450, enhanced), null));
    }

    /// No thread that matches can be interrupted.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "<",
                "<a",
                "a>",
                "@",
                "http://",
                "daily a ",
                "wait 1",
                "in    ",
                "exceeded a ",
                "(#5",
                "in 00:",
            })
    void takesNoTimeForRepliesOfAnyLength(String piece) {
        String text = " " + piece.repeat(400_000 / piece.length());

        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> {
                    var _ = SmtpReplyClassifier.classify(550, 550 + text, RefusedPart.RECIPIENT);
                    var _ = SmtpReplyClassifier.classify(450, 450 + text, RefusedPart.RECIPIENT);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 <no relay here> is known",
                "550 to=<relay.denied@example.com> is unknown",
                "550 <nobody>relay@example.com is unknown",
                "550 a@b@relay is unknown",
                "550 see (https://example.com/relay@denied)",
            })
    void takesNoQuotedWordForTheRelays(String text) {
        assertThat(SmtpReplyClassifier.classify(550, text, RefusedPart.RECIPIENT))
                .isEqualTo(
                        new AttemptOutcome.Refused(
                                Reason.MESSAGE_REFUSED,
                                new ProviderReply(550, ""),
                                RefusedPart.RECIPIENT));
    }
}
