package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.credentials;
import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.testkit.delivery.ProviderContract.WANTED;
import static io.campanile.testkit.delivery.ProviderContract.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Provider;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.channel.SmtpServer.Security;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.Reason;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpServerOptions;
import io.campanile.testkit.smtp.SmtpServerOptions.Certificate;
import io.campanile.testkit.smtp.SmtpServerOptions.Tls;
import io.campanile.testkit.smtp.Stage;
import io.campanile.testkit.smtp.TestCertificate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class SmtpSecurityIT {
    private static final String PEM = TestCertificate.of(Certificate.LOCALHOST).pem();

    private static AttemptOutcome handOver(SmtpServer server) {
        try (Provider provider = SmtpTests.provider(server, limits(1, 1))) {
            return provider.handOver(email("ann@example.com"), WANTED);
        }
    }

    private static Reason reasonOf(AttemptOutcome outcome) {
        assertThat(outcome).isInstanceOf(AttemptOutcome.Busy.class);
        return ((AttemptOutcome.Busy) outcome).reason();
    }

    @ParameterizedTest
    @CsvSource({"STARTTLS, STARTTLS", "IMPLICIT_TLS, IMPLICIT"})
    void encryptsAndVerifies(Security security, Tls tls) {
        try (var server = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.with(tls))) {
            AttemptOutcome outcome =
                    handOver(SmtpTests.server(server.port(), security, true, PEM, null));

            assertThat(outcome).isInstanceOf(AttemptOutcome.Taken.class);
            assertThat(server.mails().getFirst().encrypted()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STARTTLS, STARTTLS, 127.0.0.1, true",
        "STARTTLS, STARTTLS, localhost, false",
        "IMPLICIT_TLS, IMPLICIT, 127.0.0.1, true",
        "IMPLICIT_TLS, IMPLICIT, localhost, false",
    })
    void wantsACertificateForTheHostAsItIsConfigured(
            Security security, Tls tls, String host, boolean taken) {
        var options = SmtpServerOptions.OPEN.with(tls).certifiedAs(Certificate.ADDRESS_ONLY);
        String trusted = TestCertificate.of(Certificate.ADDRESS_ONLY).pem();
        try (var server = ScriptedSmtpServer.start(options)) {
            AttemptOutcome outcome =
                    handOver(
                            new SmtpServer(host, server.port(), security, true, trusted, null, ""));

            assertThat(outcome instanceof AttemptOutcome.Taken).isEqualTo(taken);
        }
    }

    @ParameterizedTest
    @CsvSource({"STARTTLS, STARTTLS", "IMPLICIT_TLS, IMPLICIT"})
    void trustsNoCertificateNobodySigned(Security security, Tls tls) {
        try (var server = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.with(tls))) {
            AttemptOutcome outcome =
                    handOver(SmtpTests.server(server.port(), security, true, "", null));

            assertThat(reasonOf(outcome)).isEqualTo(Reason.PROVIDER_MISCONFIGURED);
            assertThat(server.mails()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"STARTTLS, STARTTLS", "IMPLICIT_TLS, IMPLICIT"})
    void trustsAnyCertificateWhenToldTo(Security security, Tls tls) {
        try (var server = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.with(tls))) {
            assertThat(handOver(SmtpTests.server(server.port(), security, false, "", null)))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
    }

    @Test
    void sendsNothingInTheClearWhereTlsIsRequired() {
        try (var server = ScriptedSmtpServer.start()) {
            AttemptOutcome outcome =
                    handOver(SmtpTests.server(server.port(), Security.STARTTLS, true, "", null));

            assertThat(reasonOf(outcome)).isEqualTo(Reason.PROVIDER_MISCONFIGURED);
            assertThat(server.commands())
                    .isNotEmpty()
                    .allMatch(command -> command.startsWith("EHLO"));
        }
    }

    @Test
    void signsIn() {
        var options = SmtpServerOptions.OPEN.with(Tls.STARTTLS).signedInAs("me", "secret");
        try (var server = ScriptedSmtpServer.start(options)) {
            AttemptOutcome outcome =
                    handOver(
                            SmtpTests.server(
                                    server.port(),
                                    Security.STARTTLS,
                                    true,
                                    PEM,
                                    credentials("me", "secret")));

            assertThat(outcome).isInstanceOf(AttemptOutcome.Taken.class);
            assertThat(server.mails().getFirst().user()).isEqualTo("me");
        }
    }

    @Test
    void saysThatTheConfigurationIsWrongWhenThePasswordIs() {
        var options = SmtpServerOptions.OPEN.signedInAs("me", "secret");
        try (var server = ScriptedSmtpServer.start(options)) {
            AttemptOutcome outcome =
                    handOver(
                            SmtpTests.server(
                                    server.port(),
                                    Security.PLAINTEXT,
                                    true,
                                    "",
                                    credentials("me", "wrong")));

            assertThat(reasonOf(outcome)).isEqualTo(Reason.PROVIDER_MISCONFIGURED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH, 454 4.7.0 temporary failure, PROVIDER_BUSY, 454 4.7.0, ",
        "AUTH, '421 4.7.0 too many, try again in 60 seconds', PROVIDER_THROTTLED, 421 4.7.0, PT1M",
        "AUTH, '', PROVIDER_UNREACHABLE, 0, ",
        "EHLO, 421 4.7.0 too many connections, PROVIDER_THROTTLED, 421 4.7.0, ",
    })
    void takesPassingTroubleWhileItConnectsForNoWrongConfiguration(
            Stage stage, String line, Reason reason, String reply, @Nullable Duration hint) {
        var options = SmtpServerOptions.OPEN.signedInAs("me", "secret");
        try (var server = ScriptedSmtpServer.start(options)) {
            if (line.isEmpty()) {
                server.when(stage).cut();
            } else {
                server.when(stage).reply(line);
            }
            AttemptOutcome outcome = handOver(signedInAt(server));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            AttemptOutcome.Busy.class,
                            busy -> {
                                assertThat(busy.reason()).isEqualTo(reason);
                                assertThat(busy.reply().toString()).isEqualTo(reply);
                                assertThat(busy.hint()).isEqualTo(hint);
                            });
        }
    }

    @Test
    void saysThatTheConfigurationIsWrongWhenNobodyCanSignIn() {
        try (var server = ScriptedSmtpServer.start()) {
            AttemptOutcome outcome = handOver(signedInAt(server));

            assertThat(reasonOf(outcome)).isEqualTo(Reason.PROVIDER_MISCONFIGURED);
            assertThat(server.mails()).isEmpty();
        }
    }

    private static SmtpServer signedInAt(ScriptedSmtpServer server) {
        return SmtpTests.server(
                server.port(), Security.PLAINTEXT, true, "", credentials("me", "secret"));
    }
}
