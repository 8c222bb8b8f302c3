package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.busy;
import static io.campanile.channels.email.SmtpTests.handOver;
import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.plain;
import static io.campanile.testkit.delivery.ProviderContract.WANTED;
import static io.campanile.testkit.delivery.ProviderContract.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Provider;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.Stage;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/// What each reply of a server means for the mail.
class SmtpRepliesIT {
    @AutoClose private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @ParameterizedTest
    @ValueSource(strings = {"250 2.0.0 taken", "251 2.1.5 forwarded", "252 2.0.0 taken"})
    void everyPositiveReplyToTheFinalDotMeansTaken(String line) {
        server.when(Stage.DOT).reply(line);

        assertThat(handOver(server, limits(1, 1))).isInstanceOf(AttemptOutcome.Taken.class);
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 451 4.3.0 later, PROVIDER_BUSY, 451, 4.3.0",
        "RCPT, 450 4.2.1 later, ADDRESS_BUSY, 450, 4.2.1",
        "DATA, 451 4.3.2 later, PROVIDER_BUSY, 451, 4.3.2",
        "DOT, 452 4.3.1 full, PROVIDER_BUSY, 452, 4.3.1",
        "MAIL, 421 4.7.0 too many, PROVIDER_THROTTLED, 421, 4.7.0",
        "DOT, 421 4.7.0 too many, PROVIDER_THROTTLED, 421, 4.7.0",
        "CONNECT, 421 4.7.0 too many connections, PROVIDER_THROTTLED, 421, 4.7.0",
        "CONNECT, 450 4.7.1 greylisted, PROVIDER_BUSY, 450, 4.7.1",
        "CONNECT, 554 5.3.2 go away, PROVIDER_MISCONFIGURED, 554, 5.3.2",
        "MAIL, 530 5.7.0 sign in first, PROVIDER_MISCONFIGURED, 530, 5.7.0",
        "MAIL, 550 5.7.1 policy, PROVIDER_MISCONFIGURED, 550, 5.7.1",
        "MAIL, 550 5.1.1 unknown, PROVIDER_MISCONFIGURED, 550, 5.1.1",
        "RCPT, 554 5.7.1 Relay access denied, PROVIDER_MISCONFIGURED, 554, 5.7.1",
    })
    void aServerThatIsBusyIsTriedLater(
            Stage stage, String line, Reason reason, int code, String enhanced) {
        server.when(stage).reply(line);

        assertThat(handOver(server, limits(1, 1))).isEqualTo(busy(reason, code, enhanced));
        assertThat(server.total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 unknown, ADDRESS_REFUSED, 550, 5.1.1, RECIPIENT",
        "RCPT, 552 5.2.2 mailbox full, MESSAGE_REFUSED, 552, 5.2.2, RECIPIENT",
        "DATA, 554 5.5.0 no, MESSAGE_REFUSED, 554, 5.5.0, CONTENT",
        "DOT, 554 5.6.0 cannot read it, MESSAGE_REFUSED, 554, 5.6.0, CONTENT",
        "DOT, 550 5.1.1 unknown, ADDRESS_REFUSED, 550, 5.1.1, CONTENT",
        "DOT, 550 spam, POLICY_REFUSED, 550, '', CONTENT",
    })
    void aDefiniteNoIsFinal(
            Stage stage, String line, Reason reason, int code, String enhanced, RefusedPart part) {
        server.when(stage).reply(line);

        assertThat(handOver(server, limits(1, 1)))
                .isEqualTo(
                        new AttemptOutcome.Refused(
                                reason, new ProviderReply(code, enhanced), part));
        assertThat(server.total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, MAIL, 450 4.3.0 later, 450, 4.3.0",
        "1, MAIL, 450 4.3.0 later, 450, 4.3.0",
        "0, RCPT, 452 4.3.1 later, 452, 4.3.1",
        "1, RCPT, 452 4.3.1 later, 452, 4.3.1",
        "0, RCPT, 550 5.1.1 unknown, 550, 5.1.1",
        "1, RCPT, 550 5.1.1 unknown, 550, 5.1.1",
    })
    void whatTheServerSaidCountsAlthoughItClosesTheConnectionAfterIt(
            int mailsBefore, Stage stage, String line, int code, String enhanced) {
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < mailsBefore; mail++) {
                provider.handOver(email("ann@example.com"), WANTED);
            }
            server.when(stage).once().replyAndCut(line);

            assertThat(provider.handOver(email("bob@example.com"), WANTED).reply())
                    .isEqualTo(new ProviderReply(code, enhanced));
            assertThat(server.mails()).hasSize(mailsBefore);
            assertThat(provider.handOver(email("ann@example.com"), WANTED))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
    }

    /// The latter goes command by command.
    @ParameterizedTest
    @ValueSource(strings = {"ann@example.com", "jörg@example.com"})
    void onlyA354LetsTheMailFollow(String to) {
        server.when(Stage.DATA).reply("250 2.0.0 fine");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            assertThat(provider.handOver(email(to), WANTED))
                    .isEqualTo(busy(Reason.PROVIDER_BUSY, 250, "2.0.0"));
        }
        assertThat(server.commands()).containsSubsequence("DATA", "RSET").doesNotContain(".");
    }

    @Test
    void aConnectionIsNotUsedAgainAfterThe521ThatAnnouncesItsEnd() {
        server.when(Stage.RCPT).once().reply("521 5.3.2 no mail here");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            provider.handOver(email("ann@example.com"), WANTED);
            provider.handOver(email("ann@example.com"), WANTED);
        }
        assertThat(server.mails()).hasSize(1);
        assertThat(server.connectionsAccepted()).isEqualTo(2);
    }

    @Test
    void greylistingNamesTheTimeToComeBack() {
        server.when(Stage.RCPT)
                .firstOfEach()
                .reply("450 4.7.1 greylisted, try again in 300 seconds");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            assertThat(provider.handOver(email("ann@example.com"), WANTED))
                    .isEqualTo(
                            new AttemptOutcome.Busy(
                                    Reason.ADDRESS_BUSY,
                                    new ProviderReply(450, "4.7.1"),
                                    Duration.ofMinutes(5)));
            assertThat(provider.handOver(email("ann@example.com"), WANTED))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
    }
}
