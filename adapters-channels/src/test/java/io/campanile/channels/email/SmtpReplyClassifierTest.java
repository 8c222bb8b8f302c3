package io.campanile.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "554 Message rejected as SPAM, POLICY_REFUSED, ''",
        "554 your IP is on a blocklist, POLICY_REFUSED, ''",
        "550 relay not permitted, POLICY_REFUSED, ''",
        "550 Relaying denied, POLICY_REFUSED, ''",
        "554 5.6.0 malformed, MESSAGE_REFUSED, 5.6.0",
    })
    void tellsWhatIsFinal(String text, Reason reason, String enhanced) {
        int code = Integer.parseInt(text.substring(0, 3));

        assertThat(SmtpReplyClassifier.classify(code, text, RefusedPart.RECIPIENT))
                .isEqualTo(
                        new AttemptOutcome.Refused(
                                reason, new ProviderReply(code, enhanced), RefusedPart.RECIPIENT));
    }

    @Test
    void takesNoWordAboutASenderForOneAboutAnAddress() {
        assertThat(SmtpReplyClassifier.classify(550, "550 5.1.1 who?", RefusedPart.SENDER))
                .isEqualTo(
                        new AttemptOutcome.Refused(
                                Reason.MESSAGE_REFUSED,
                                new ProviderReply(550, "5.1.1"),
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
        "450 4.2.1 that user receives mail at a rate we do not take, ADDRESS_BUSY, 4.2.1, ",
        "451 greylisted, ADDRESS_BUSY, '', ",
        "421 4.7.0 gray-listed, ADDRESS_BUSY, 4.7.0, ",
        "450 4.2.0 Greylisted; try again in 300 seconds, ADDRESS_BUSY, 4.2.0, PT5M",
        "451 4.7.1 greylisting in action please come back in 5 minutes, ADDRESS_BUSY, 4.7.1, PT5M",
        "421 closing, PROVIDER_THROTTLED, '', ",
        "451 too many messages, PROVIDER_THROTTLED, '', ",
        "450 4.7.0 sending rate exceeded, PROVIDER_THROTTLED, 4.7.0, ",
        "451 4.7.650 temporarily rate limited, PROVIDER_THROTTLED, 4.7.650, ",
        "454 Throttling failure: daily message quota exceeded, PROVIDER_THROTTLED, '', ",
        "450 4.3.2 retry after 1 hour, PROVIDER_BUSY, 4.3.2, PT1H",
        "535 5.7.8 wrong password, PROVIDER_MISCONFIGURED, 5.7.8, ",
        "530 5.7.0 sign in, PROVIDER_MISCONFIGURED, 5.7.0, ",
    })
    void tellsWhatIsWorthAnotherTry(String text, Reason reason, String enhanced, Duration hint) {
        int code = Integer.parseInt(text.substring(0, 3));

        assertThat(SmtpReplyClassifier.classify(code, text, RefusedPart.RECIPIENT))
                .isEqualTo(
                        new AttemptOutcome.Busy(reason, new ProviderReply(code, enhanced), hint));
    }
}
