package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.mail;
import static io.campanile.channels.email.SmtpTests.plain;
import static io.campanile.testkit.delivery.ProviderContract.WANTED;
import static io.campanile.testkit.delivery.ProviderContract.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.EmailSender;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.testkit.smtp.ReceivedMail;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpServerOptions;

import jakarta.mail.internet.MimeUtility;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What becomes of mails where the server offers less than others.
class SmtpExtensionsIT {
    @Test
    void refusesAddressesBeyondAsciiWhereTheServerCannot() {
        try (var ascii = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.withoutSmtpUtf8());
                Provider provider = SmtpTests.provider(plain(ascii.port()), limits(1, 1))) {
            assertThat(provider.handOver(email("jörg@example.com"), WANTED))
                    .isEqualTo(
                            new AttemptOutcome.Refused(Reason.MESSAGE_REFUSED, ProviderReply.NONE));
            assertThat(provider.handOver(email("ann@bücher.example.com"), WANTED))
                    .isInstanceOf(AttemptOutcome.Taken.class);
            assertThat(ascii.mails().getFirst().recipients())
                    .containsExactly("ann@xn--bcher-kva.example.com");
        }
    }

    /// Else each message would fail for good, although none is to blame.
    @ParameterizedTest
    @CsvSource({
        "grüße@example.com, , bounces@example.com",
        "news@example.com, jörg@example.com, ",
        "news@example.com, , jörg@example.com",
    })
    void aSenderBeyondAsciiWaitsForAnotherRelayWhereTheServerCannot(
            String from, @Nullable String replyTo, @Nullable String envelopeSender) {
        try (var ascii = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.withoutSmtpUtf8());
                Provider provider =
                        SmtpTests.provider(
                                plain(ascii.port()),
                                sender(from, replyTo, envelopeSender),
                                limits(1, 1))) {
            for (int mail = 0; mail < 10; mail++) {
                assertThat(provider.handOver(email("jörg@example.com"), WANTED))
                        .isEqualTo(
                                new AttemptOutcome.Busy(
                                        Reason.PROVIDER_MISCONFIGURED, ProviderReply.NONE, null));
            }

            assertThat(provider.status().breaker()).isEqualTo(Breaker.OPEN);
        }
    }

    @Test
    void refusesARenderedReplyToBeyondAsciiWhereTheServerCannot() {
        EmailSender sender = sender("news@example.com", "jörg@example.com", null);
        try (var ascii = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.withoutSmtpUtf8());
                Provider provider = SmtpTests.provider(plain(ascii.port()), sender, limits(1, 1))) {
            var beyond = new RenderedEmail("s", "", "t", "ann.jörg@example.com");
            assertThat(provider.handOver(mail("ann@example.com", beyond), WANTED))
                    .isEqualTo(
                            new AttemptOutcome.Refused(Reason.MESSAGE_REFUSED, ProviderReply.NONE));
            var within = new RenderedEmail("s", "", "t", "ann@example.com");
            assertThat(provider.handOver(mail("ann@example.com", within), WANTED))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
    }

    private static EmailSender sender(
            String from, @Nullable String replyTo, @Nullable String envelopeSender) {
        return new EmailSender(
                new EmailAddress(from),
                "",
                replyTo == null ? null : new EmailAddress(replyTo),
                envelopeSender == null ? null : new EmailAddress(envelopeSender),
                "",
                false);
    }

    static List<SmtpServerOptions> simpleServers() {
        SmtpServerOptions open = SmtpServerOptions.OPEN;
        return List.of(
                open,
                open.withoutEightBit(),
                open.withoutPipelining(),
                open.withoutEightBit().withoutPipelining().withoutDsn());
    }

    @ParameterizedTest
    @MethodSource("simpleServers")
    void writesBothPartsWhateverTheServerOffers(SmtpServerOptions options) throws Exception {
        var content = new RenderedEmail("Grüße", "<p>Grüße</p>\n.dot", "Grüße\n.dot", "");
        try (var simple = ScriptedSmtpServer.start(options);
                Provider provider = SmtpTests.provider(plain(simple.port()), limits(1, 1))) {
            for (int mail = 0; mail < 2; mail++) {
                assertThat(provider.handOver(mail("ann@example.com", content), WANTED))
                        .isInstanceOf(AttemptOutcome.Taken.class);
            }

            assertThat(simple.connectionsAccepted()).isEqualTo(1);
            for (ReceivedMail mail : simple.mails()) {
                assertThat(part(mail, "plain")).isEqualTo("Grüße\r\n.dot");
                assertThat(part(mail, "html")).isEqualTo("<p>Grüße</p>\r\n.dot");
            }
        }
    }

    /// What a part of a mail says to whoever reads it.
    private static String part(ReceivedMail mail, String subtype) throws Exception {
        String text = mail.text();
        int head = text.indexOf("Content-Type: text/" + subtype);
        int body = text.indexOf("\r\n\r\n", head) + 4;
        String field = "Content-Transfer-Encoding: ";
        int encoding = text.indexOf(field, head) + field.length();
        String encoded = text.substring(body, text.indexOf("\r\n--=_", body));
        try (InputStream decoded =
                MimeUtility.decode(
                        new ByteArrayInputStream(encoded.getBytes(StandardCharsets.UTF_8)),
                        text.substring(encoding, text.indexOf("\r\n", encoding)))) {
            return new String(decoded.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void writesAsciiOnlyWhereTheServerTakesNothingElse() {
        var content = new RenderedEmail("Grüße", "<p>Grüße</p>", "Grüße", "");
        try (var simple = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.withoutEightBit());
                Provider provider = SmtpTests.provider(plain(simple.port()), limits(1, 1))) {
            provider.handOver(mail("ann@example.com", content), WANTED);

            ReceivedMail mail = simple.mails().getFirst();
            assertThat(mail.senderParameters()).doesNotContain("BODY");
            assertThat(mail.header("Content-Transfer-Encoding")).isEmpty();
            assertThat(mail.text()).matches("\\p{ASCII}*");
        }
    }

    @Test
    void asksForNoNotificationsWhereTheServerKnowsNone() {
        try (var simple = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.withoutDsn());
                Provider provider = SmtpTests.provider(plain(simple.port()), limits(1, 1))) {
            provider.handOver(email("ann@example.com"), WANTED);

            assertThat(simple.mails().getFirst().senderParameters()).isEqualTo("BODY=8BITMIME");
        }
    }
}
