package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.handOver;
import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.mail;
import static io.campanile.channels.email.SmtpTests.plain;
import static io.campanile.channels.email.SmtpTests.timeLimits;
import static io.campanile.testkit.delivery.ProviderContract.WANTED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campanile.application.content.port.RenderedEmail;
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
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;

/// Where connections are cut, or nothing comes any more.
class SmtpCutsIT {
    private static final Duration SHORT = Duration.ofMillis(300);

    /// For what comes before the stall, also where that is the first mail of a process.
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final AttemptOutcome UNREACHABLE =
            new AttemptOutcome.Busy(Reason.PROVIDER_UNREACHABLE, ProviderReply.NONE, null);
    private static final AttemptOutcome AMBIGUOUS =
            new AttemptOutcome.Ambiguous(ProviderReply.NONE);

    @AutoClose private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        server.refuseConnections();

        assertThat(handOver(server, limits(1, 1))).isEqualTo(UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void aCutBeforeTheFinalDotIsCertainlyNoHandOver(Stage stage) {
        server.when(stage).cut();

        assertThat(handOver(server, limits(1, 1))).isEqualTo(UNREACHABLE);
        assertThat(server.total()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void aStallBeforeTheFinalDotEndsWithTheAttemptsTimeLimit(Stage stage) {
        server.when(stage).stall();

        assertThat(handOver(server, timeLimits(SHORT, LONG))).isEqualTo(UNREACHABLE);
        await().atMost(LONG).until(() -> server.connectionsOpen() <= 1);
        server.behave();
        server.release();
        await().atMost(LONG).until(() -> server.connectionsOpen() == 0);
        assertThat(server.total()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"DATA", "RSET"})
    void aRefusalStandsWhenTheServerIsSlowAfterIt(Stage stage) {
        server.when(Stage.RCPT).reply("550 5.1.1 nobody");
        server.when(stage).stall();

        assertThat(handOver(server, timeLimits(ENOUGH, LONG)))
                .isEqualTo(
                        new AttemptOutcome.Refused(
                                Reason.ADDRESS_REFUSED,
                                new ProviderReply(550, "5.1.1"),
                                RefusedPart.RECIPIENT));
        server.behave();
        server.release();
    }

    @Test
    void aCutAfterTheFinalDotIsAmbiguous() {
        server.when(Stage.DOT).cut();

        assertThat(handOver(server, limits(1, 1))).isEqualTo(AMBIGUOUS);
        assertThat(server.total()).isZero();
    }

    @Test
    void aCutAfterTheMailWasTakenIsAmbiguous() {
        server.when(Stage.DOT).countAndCut();

        assertThat(handOver(server, limits(1, 1))).isEqualTo(AMBIGUOUS);
        assertThat(server.total()).isEqualTo(1);
    }

    @Test
    void aReplyToTheFinalDotThatNeverComesIsAmbiguous() {
        server.when(Stage.DOT).stall();

        assertThat(handOver(server, timeLimits(LONG, SHORT))).isEqualTo(AMBIGUOUS);
    }

    @Test
    void aCutInTheMiddleOfALargeMailIsCertainlyNoHandOver() {
        server.when(Stage.BODY).cut();
        var large = new RenderedEmail("s", "", "a line of text\n".repeat(600_000), "");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            assertThat(provider.handOver(mail("ann@example.com", large), WANTED))
                    .isEqualTo(UNREACHABLE);
        }
        assertThat(server.total()).isZero();
    }

    @Test
    void theReplyToTheFinalDotMayTakeLongerThanTheAttempt() throws Exception {
        Duration attempt = Duration.ofSeconds(2);
        server.when(Stage.DOT).once().stall();
        var helper =
                Thread.ofVirtual()
                        .start(() -> {
                            await().atMost(LONG).until(() -> server.stalled() == 1);
                            await().pollDelay(attempt.plusMillis(200)).until(() -> true);
                            server.release();
                        });

        assertThat(handOver(server, timeLimits(attempt, LONG)))
                .isInstanceOf(AttemptOutcome.Taken.class);
        helper.join();
    }
}
