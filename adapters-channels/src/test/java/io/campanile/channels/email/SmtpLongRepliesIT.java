package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.timeLimits;
import static io.campanile.testkit.delivery.ProviderContract.WANTED;
import static io.campanile.testkit.delivery.ProviderContract.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Provider;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.SmtpServer.Security;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.Reason;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpServerOptions;
import io.campanile.testkit.smtp.SmtpServerOptions.Tls;
import io.campanile.testkit.smtp.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// Relays whose replies are longer than anybody wants to read. An attempt may take a minute here,
/// so that its end is not what ends them.
@Timeout(30)
class SmtpLongRepliesIT {
    private static final DeliveryLimits PATIENT =
            timeLimits(Duration.ofMinutes(1), Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({
        "PLAINTEXT, NONE, CONNECT, 220-",
        "IMPLICIT_TLS, IMPLICIT, CONNECT, 220-",
        "STARTTLS, STARTTLS, STARTTLS, 220-",
        "PLAINTEXT, NONE, EHLO, 250-",
        "PLAINTEXT, NONE, MAIL, 250-",
        "STARTTLS, STARTTLS, MAIL, 250-",
        "IMPLICIT_TLS, IMPLICIT, RCPT, 550-",
    })
    void aReplyWithoutEndEndsTheConnection(Security security, Tls tls, Stage stage, String start) {
        try (var server = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.with(tls))) {
            server.when(stage).replyForEver(start + "a".repeat(400));

            assertThat(handOver(server, security, PATIENT))
                    .isInstanceOfSatisfying(
                            AttemptOutcome.Busy.class,
                            busy ->
                                    assertThat(busy.reason())
                                            .isEqualTo(Reason.PROVIDER_UNREACHABLE));
        }
    }

    @Test
    void aReplyWithoutEndAfterTheFinalDotLeavesItUnknown() {
        try (var server = ScriptedSmtpServer.start()) {
            server.when(Stage.DOT).replyForEver("250-a");

            assertThat(handOver(server, Security.PLAINTEXT, PATIENT))
                    .isInstanceOf(AttemptOutcome.Ambiguous.class);
        }
    }

    @Test
    void aRefusalOfOneLongWordIsARefusal() {
        try (var server = ScriptedSmtpServer.start()) {
            server.when(Stage.RCPT).reply("550 5.1.1 " + "x".repeat(60_000));

            assertThat(handOver(server, Security.PLAINTEXT, PATIENT))
                    .isInstanceOfSatisfying(
                            AttemptOutcome.Refused.class,
                            refused ->
                                    assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED));
        }
    }

    @Test
    void aRefusalThatIsTooLongCountsForNothing() {
        try (var server = ScriptedSmtpServer.start()) {
            server.when(Stage.RCPT).reply("550 " + "x".repeat(400_000));

            assertThat(handOver(server, Security.PLAINTEXT, PATIENT))
                    .isInstanceOf(AttemptOutcome.Busy.class);
        }
    }

    private static AttemptOutcome handOver(
            ScriptedSmtpServer server, Security security, DeliveryLimits limits) {
        try (Provider provider =
                SmtpTests.provider(
                        SmtpTests.server(server.port(), security, false, "", null), limits)) {
            return provider.handOver(email("ann@example.com"), WANTED);
        }
    }
}
