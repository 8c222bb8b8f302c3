package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.plain;
import static io.campanile.testkit.delivery.ProviderContract.WANTED;
import static io.campanile.testkit.delivery.ProviderContract.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.suppression.BounceKind;
import io.campanile.testkit.log.LogLines;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.Stage;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the log has of a provider that is in trouble, and that it quotes nobody.
class SmtpLogIT {
    private static final String BREAKER_LOG = "io.campanile.channels.resilience.BreakerLog";

    private static final String FAILURE_LOG = "io.campanile.channels.resilience.FailureLog";

    @AutoClose private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @Test
    void whyTheBreakerOpensIsInTheLog() {
        try (var lines = LogLines.of(BREAKER_LOG)) {
            server.refuseConnections();
            failTenTimes();
            server.acceptConnections();
            server.when(Stage.MAIL).reply("550 5.4.5 ann@example.com has used up the daily quota");
            failTenTimes();

            assertThat(lines.all())
                    .satisfiesExactly(
                            line ->
                                    assertThat(line)
                                            .startsWith("WARNING a breaker opened")
                                            .contains("reason=PROVIDER_UNREACHABLE reply=none")
                                            .contains("failure=ConnectionFailed/"),
                            line ->
                                    assertThat(line)
                                            .contains("reply=550 5.4.5 failure=none")
                                            .doesNotContain("example.com"));
        }
    }

    @Test
    void aSingleFailureIsInTheLogThoughTheBreakerStaysClosed() {
        try (var lines = LogLines.of(FAILURE_LOG);
                Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < 50; mail++) {
                provider.handOver(email("ann@example.com"), WANTED);
            }
            server.when(Stage.MAIL).reply("535 5.7.8 ann@example.com may not sign in");
            provider.handOver(email("ann@example.com"), WANTED);
            provider.handOver(email("bob@example.com"), WANTED);

            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
            assertThat(lines.all())
                    .singleElement(STRING)
                    .startsWith("WARNING a hand-over failed")
                    .contains("configuration=workspaces/", "failure=none enhanced_code=5.7.8")
                    .endsWith(" cause=PROVIDER_MISCONFIGURED reply=535")
                    .doesNotContain("example.com");
        }
    }

    @Test
    void aRelayThatOnlyAsksToSlowDownIsInTheLog() {
        server.when(Stage.MAIL).reply("421 4.7.0 too many messages");
        try (var lines = LogLines.of(FAILURE_LOG)) {
            failTenTimes();

            assertThat(lines.all())
                    .singleElement(STRING)
                    .endsWith(" cause=PROVIDER_THROTTLED reply=421");
        }
    }

    @Test
    void aRelayThatRefusesEveryMailInWordsOfItsOwnIsInTheLog() {
        server.when(Stage.DOT).reply("554 ann@example.com gets nothing of the kind");
        try (var lines = LogLines.of(FAILURE_LOG);
                Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < 60; mail++) {
                provider.handOver(email("ann@example.com"), WANTED);
            }

            assertThat(lines.all())
                    .singleElement(STRING)
                    .startsWith("WARNING the last 50 messages were refused alike")
                    .contains("configuration=workspaces/", "part=CONTENT enhanced_code=none")
                    .endsWith(" cause=MESSAGE_REFUSED reply=554")
                    .doesNotContain("example.com");
        }
    }

    @Test
    void aRelayThatRefusesEveryAddressInWordsOfItsOwnSuppressesNobody() {
        server.when(Stage.RCPT).reply("550 no thanks");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            Map<Optional<BounceKind>, Long> bounces =
                    IntStream.range(0, 60)
                            .mapToObj(_ -> provider.handOver(email("ann@example.com"), WANTED))
                            .collect(groupingBy(BounceKind::of, counting()));

            assertThat(bounces)
                    .isEqualTo(Map.of(Optional.of(BounceKind.SOFT), 49L, Optional.empty(), 11L));
        }
    }

    @Test
    void whatTheRelayDoesNotOfferIsInTheLog() {
        SmtpServer open = plain(server.port());
        SmtpServer secured =
                SmtpTests.server(server.port(), SmtpServer.Security.STARTTLS, true, "", null);
        SmtpServer signedIn =
                SmtpTests.server(
                        server.port(),
                        SmtpServer.Security.PLAINTEXT,
                        true,
                        "",
                        SmtpTests.credentials("me", "secret"));

        assertThat(failure(secured)).endsWith("/StartTlsNotOffered");
        assertThat(failure(signedIn)).endsWith("/SignInNotOffered");
        server.when(Stage.EHLO).reply("250-hello\r\n250 AUTH XOAUTH2 CRAM-MD5");
        assertThat(failure(signedIn)).endsWith("/PasswordSignInNotOffered");
        server.when(Stage.EHLO).reply("250 hello");
        assertThat(failure(open)).isEqualTo("Utf8NotOffered");
    }

    /// What the only line says that is written about one mail.
    private static String failure(SmtpServer relay) {
        try (var lines = LogLines.of(FAILURE_LOG);
                Provider provider = SmtpTests.provider(relay, limits(1, 1))) {
            provider.handOver(email("jörg@example.com"), WANTED);

            return lines.all().getFirst().replaceAll(".*failure=(\\S+).*", "$1");
        }
    }

    @Test
    void whatIsUpToOneAddressIsNotInTheLog() {
        server.when(Stage.RCPT).reply("451 4.7.1 greylisted, try again in 300 seconds");
        try (var lines = LogLines.of(FAILURE_LOG)) {
            failTenTimes();

            assertThat(lines.all()).isEmpty();
        }
    }

    private void failTenTimes() {
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < 10; mail++) {
                provider.handOver(email("ann@example.com"), WANTED);
            }
        }
    }
}
