package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.mail;
import static io.campanile.channels.email.SmtpTests.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.delivery.port.Provider;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.EmailSender;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.delivery.ProviderContract;
import io.campanile.testkit.smtp.ReceivedMail;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.Stage;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

class SmtpProviderIT extends ProviderContract {
    private static final CampaignName CAMPAIGN = new CampaignName(WorkspaceId.DEFAULT, "spring");

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    protected Provider provider(int slots) {
        return SmtpTests.provider(plain(server.port()), limits(1, slots));
    }

    @Override
    protected void refuse(EmailAddress address) {
        server.when(Stage.RCPT).of(address.value()).reply("550 5.1.1 no such user");
    }

    @Override
    protected void beBusyFor(EmailAddress address) {
        server.when(Stage.RCPT).of(address.value()).reply("450 4.2.1 busy");
    }

    @Override
    protected List<MessageId> arrived() {
        return server.mails().stream()
                .map(mail -> mail.messageId().replaceAll("^<|@.*", ""))
                .map(id -> new MessageId(UUID.fromString(id)))
                .toList();
    }

    private ReceivedMail send(OutgoingEmail email) {
        try (Provider provider = provider(1)) {
            assertThat(provider.handOver(email, WANTED)).isInstanceOf(AttemptOutcome.Taken.class);
        }
        return server.mails().getLast();
    }

    @Test
    void writesAMailWithBothParts() {
        var content = new RenderedEmail("Grüße", "<p>Grüße</p>\n.dot", "Grüße\n.dot", "");

        ReceivedMail mail = send(mail("ann@example.com", content));

        assertThat(mail.sender()).isEqualTo("bounces@example.com");
        assertThat(mail.recipients()).containsExactly("ann@example.com");
        assertThat(mail.senderParameters())
                .isEqualTo("BODY=8BITMIME RET=HDRS ENVID=" + new UUID(1, 2));
        assertThat(mail.recipientParameters()).containsExactly("NOTIFY=FAILURE,DELAY");
        assertThat(mail.header("From"))
                .hasValue("=?UTF-8?Q?Gr=C3=BC=C3=9Fe_=26_Co?= <news@example.com>");
        assertThat(mail.header("To")).hasValue("ann@example.com");
        assertThat(mail.header("Subject")).hasValue("=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=");
        assertThat(mail.header("Message-ID")).hasValue("<" + new UUID(1, 2) + "@example.com>");
        assertThat(mail.header("Auto-Submitted")).hasValue("auto-generated");
        assertThat(mail.header("Date")).isPresent();
        assertThat(mail.text())
                .contains("Content-Type: text/plain; charset=utf-8\r\n")
                .contains("Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n.dot\r\n--")
                .contains("<p>Grüße</p>\r\n.dot\r\n--")
                .endsWith("--\r\n");
        assertThat(mail.header("Content-Transfer-Encoding")).hasValue("8bit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?utf-8?q?evil?=",
                "Why =?utf-8?q?a?= and b, \"c\" and so on until the line has to be folded twice",
                "é =?utf-8?q?a?=",
                "a =? b",
            })
    void writesNothingThatReadersWouldDecodeThoughNobodyEncodedIt(String text) throws Exception {
        var sender =
                new EmailSender(new EmailAddress("news@example.com"), text, null, null, "", false);
        try (Provider provider = SmtpTests.provider(plain(server.port()), sender, limits(1, 1))) {
            provider.handOver(
                    mail("ann@example.com", new RenderedEmail(text, "", "t", "")), WANTED);
        }

        var read =
                new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(server.mails().getLast().data()));
        assertThat(read.getSubject()).isEqualTo(text);
        assertThat(read.getHeader("Subject")[0]).doesNotContain("?q?");
        assertThat(read.getFrom())
                .singleElement()
                .isEqualTo(new InternetAddress("news@example.com"));
        assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo(text);
    }

    @Test
    void saysNothingOfEightBitsWhereNoPartHasThem() {
        var content = new RenderedEmail("s", "<p>Hello</p>", "Hello", "");

        ReceivedMail mail = send(mail("ann@example.com", content));

        assertThat(mail.header("Content-Type")).get().asString().startsWith("multipart/");
        assertThat(mail.header("Content-Transfer-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", "\r\n\r\n"})
    void letsNoVariableWriteAHeader(String lineEnd) {
        var content = new RenderedEmail("Hi" + lineEnd + "Bcc: eve@example.com", "", "t", "");

        ReceivedMail mail = send(mail("ann@example.com", content));

        assertThat(mail.header("Bcc")).isEmpty();
        assertThat(mail.header("Subject")).hasValue("Hi Bcc: eve@example.com");
        assertThat(mail.recipients()).containsExactly("ann@example.com");
    }

    @Test
    void refusesAReplyToThatIsNoAddress() {
        var content = new RenderedEmail("s", "", "t", "x@example.com\r\nBcc: eve@example.com");

        try (Provider provider = provider(1)) {
            assertThat(provider.handOver(mail("ann@example.com", content), WANTED))
                    .isEqualTo(
                            new AttemptOutcome.Refused(
                                    Reason.RENDERING_FAILED, ProviderReply.NONE));
        }
        assertThat(server.mails()).isEmpty();
    }

    private static OutgoingEmail marketing(String link) {
        return new OutgoingEmail(
                new MessageId(new UUID(1, 3)),
                Category.MARKETING,
                new EmailAddress("ann@example.com"),
                new RenderedEmail("s", "<p>", "t", ""),
                Instant.MAX,
                link,
                CAMPAIGN);
    }

    private ReceivedMail sendWithOneClick(OutgoingEmail email) {
        var sender =
                new EmailSender(
                        new EmailAddress("news@example.com"),
                        "",
                        null,
                        null,
                        "https://shop.example.com/bye",
                        true);
        try (Provider provider = SmtpTests.provider(plain(server.port()), sender, limits(1, 1))) {
            provider.handOver(email, WANTED);
        }
        return server.mails().getLast();
    }

    @Test
    void marksNoMarketingAsAutomatic() {
        assertThat(send(marketing("")).header("Auto-Submitted")).isEmpty();
    }

    @Test
    void tellsMailProgramsHowToEndMarketing() {
        ReceivedMail mail = send(marketing("https://shop.example.com/bye?token=abc"));

        assertThat(mail.header("List-Unsubscribe"))
                .hasValue("<https://shop.example.com/bye?token=abc>");
        assertThat(mail.header("List-Unsubscribe-Post")).isEmpty();
    }

    @Test
    void offersOneClickWhereThePageTakesIt() {
        ReceivedMail mail = sendWithOneClick(marketing("https://shop.example.com/bye?token=abc"));

        assertThat(mail.header("List-Unsubscribe")).isPresent();
        assertThat(mail.header("List-Unsubscribe-Post")).hasValue("List-Unsubscribe=One-Click");
    }

    @Test
    void tellsReceiversWhichMarketingPeopleComplainOf() {
        assertThat(send(marketing("")).header("Feedback-ID")).hasValue("spring:default:campanile");
        assertThat(send(email("ann@example.com")).header("Feedback-ID")).isEmpty();
    }

    @Test
    void offersNeitherWithTransactionalMail() {
        ReceivedMail mail = sendWithOneClick(email("ann@example.com"));

        assertThat(mail.text()).doesNotContain("List-Unsubscribe");
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 979, 980, 995, 996, 2_000})
    void writesNoLongerHeaderLineThanAllowedHoweverLongTheLink(int length) {
        String link = "https://shop.example.com/" + "a".repeat(length - 25);

        ReceivedMail mail = sendWithOneClick(marketing(link));

        assertThat(mail.text().lines()).allMatch(line -> line.length() <= 998);
        assertThat(mail.header("List-Unsubscribe").isPresent()).isEqualTo(length <= 995);
        assertThat(mail.header("List-Unsubscribe-Post").isPresent()).isEqualTo(length <= 995);
    }

    @Test
    void writesALinkBeyondAsciiInAscii() {
        ReceivedMail mail = send(marketing("https://shop.example.com/tsch\u00fcs?token=abc"));

        assertThat(mail.header("List-Unsubscribe"))
                .hasValue("<https://shop.example.com/tsch%C3%BCs?token=abc>");
    }

    @Test
    void breaksLinesNoServerWouldTake() {
        ReceivedMail mail =
                send(mail("ann@example.com", new RenderedEmail("s", "", "ä=".repeat(2_000), "")));

        assertThat(mail.text()).contains("Content-Transfer-Encoding: quoted-printable");
        assertThat(mail.text().lines())
                .allMatch(line -> line.length() <= 76 + 1 || line.contains(":"));
    }

    @Test
    void usesOneConnectionForManyMails() {
        try (Provider provider = provider(1)) {
            for (int mail = 0; mail < 5; mail++) {
                provider.handOver(email("ann@example.com"), WANTED);
            }
            assertThat(provider.status().connections()).isEqualTo(1);
        }
        assertThat(server.mails()).hasSize(5);
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void goesOnAfterARefusalOnTheSameConnection() {
        refuse(new EmailAddress("gone@example.com"));
        try (Provider provider = provider(1)) {
            provider.handOver(email("gone@example.com"), WANTED);
            provider.handOver(email("ann@example.com"), WANTED);
        }
        assertThat(server.mails()).hasSize(1);
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void replacesAConnectionTheServerClosedMeanwhile() {
        try (Provider provider = provider(1)) {
            provider.handOver(email("ann@example.com"), WANTED);
            server.cutConnections();

            assertThat(provider.handOver(email("ann@example.com"), WANTED))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
        assertThat(server.mails()).hasSize(2);
        assertThat(server.connectionsAccepted()).isEqualTo(2);
    }

    @Test
    void writesToAddressesBeyondAsciiWhereTheServerCan() {
        ReceivedMail mail = send(email("jörg@example.com"));

        assertThat(mail.recipients()).containsExactly("jörg@example.com");
        assertThat(mail.senderParameters()).contains("SMTPUTF8");
    }

    @Test
    void writesTheDomainOfARenderedReplyToInAscii() {
        var content = new RenderedEmail("s", "", "t", "a@exämple.com");

        ReceivedMail mail = send(mail("ann@example.com", content));

        assertThat(mail.header("Reply-To")).hasValue("a@xn--exmple-cua.com");
        assertThat(mail.senderParameters()).doesNotContain("SMTPUTF8");
    }

    @Test
    void asksForUtf8WhenOnlyAHeaderNeedsIt() {
        var content = new RenderedEmail("s", "", "t", "jörg@example.com");

        assertThat(send(mail("ann@example.com", content)).senderParameters()).contains("SMTPUTF8");
    }

    @Test
    void cutsALongSubjectBetweenCharacters() throws UnsupportedEncodingException {
        var content = new RenderedEmail("a".repeat(899) + "😀!", "", "t", "");

        ReceivedMail mail = send(mail("ann@example.com", content));

        assertThat(MimeUtility.decodeText(mail.header("Subject").orElseThrow()))
                .endsWith("a")
                .doesNotContain("?", "\uFFFD");
    }
}
