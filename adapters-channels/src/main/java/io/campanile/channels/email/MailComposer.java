package io.campanile.channels.email;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.EmailSender;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeUtility;

import java.io.ByteArrayOutputStream;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/// Writes mails (RFC 5322, MIME). What is equal for all mails of a channel configuration is encoded
/// once; a `MimeMessage` for each would cost half of the throughput. Thread-safe.
final class MailComposer {
    /// A header line may hold 998 characters (RFC 5322, section 2.1.1), its name included.
    private static final int LONGEST_LINE = 998;

    private static final int LONGEST_SUBJECT = 900;
    private static final String LIST_UNSUBSCRIBE = "List-Unsubscribe:";

    private final InstantSource time;
    private final String fixedHeaders;
    private final String from;
    private final String replyTo;
    private final boolean oneClick;
    private final String domain;
    private volatile DateLine dateLine = new DateLine(Long.MIN_VALUE, "");

    private record DateLine(long second, String text) {}

    MailComposer(EmailSender sender, InstantSource time) {
        this.time = time;
        this.from = wireForm(sender.from());
        this.domain = from.substring(from.lastIndexOf('@') + 1);
        this.fixedHeaders = "MIME-Version: 1.0\r\nFrom: " + mailbox(sender) + "\r\n";
        this.oneClick = sender.oneClickUnsubscribe();
        this.replyTo = sender.replyTo() == null ? "" : wireForm(sender.replyTo());
    }

    /// The address as it stands in envelopes and headers: its domain in ASCII where the local part
    /// is ASCII as well, so that no SMTPUTF8 is needed.
    static String wireForm(EmailAddress address) {
        String value = address.value();
        String local = value.substring(0, value.lastIndexOf('@'));
        return isAscii(local) && !isAscii(value) ? local + '@' + address.asciiDomain() : value;
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String mailbox(EmailSender sender) {
        String name = oneLine(sender.name());
        String address = wireForm(sender.from());
        if (EncodedWords.isMistakable(name)) {
            return MimeUtility.fold(6, EncodedWords.of(name) + " <" + address + ">");
        }
        try {
            return MimeUtility.fold(6, new InternetAddress(address, name, "UTF-8").toString());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e); // every JVM has UTF-8
        }
    }

    /// The whole mail, ready for the transfer but for doubled dots.
    byte[] compose(OutgoingEmail email, boolean eightBit) {
        RenderedEmail content = email.content();
        var out =
                new ByteArrayOutputStream(
                        512 + 2 * (content.html().length() + content.text().length()));
        var head = new StringBuilder(512).append(fixedHeaders);
        head.append("Date: ").append(date()).append("\r\n");
        head.append("To: ").append(wireForm(email.to())).append("\r\n");
        head.append("Message-ID: ").append(email.id().header(domain)).append("\r\n");
        String answersTo = answersTo(content);
        if (!answersTo.isEmpty()) {
            head.append("Reply-To: ").append(oneLine(answersTo)).append("\r\n");
        }
        head.append("Subject: ").append(subject(content.subject())).append("\r\n");
        if (email.category() == Category.TRANSACTIONAL) {
            head.append("Auto-Submitted: auto-generated\r\n");
        } else {
            head.append(feedbackId(email.campaign()));
            unsubscribe(email.unsubscribeLink(), head);
        }
        if (content.html().isEmpty()) {
            part("plain", BodyEncoder.encode(content.text(), eightBit), head, out);
        } else if (content.text().isEmpty()) {
            part("html", BodyEncoder.encode(content.html(), eightBit), head, out);
        } else {
            alternatives(email, eightBit, head, out);
        }
        return out.toByteArray();
    }

    /// By this, large receivers tell how often people complain about which campaign. It names
    /// nobody who is written to, because they show nothing of what only few mails have. The last
    /// part is that of the sender, and never changes.
    private static String feedbackId(CampaignName campaign) {
        return "Feedback-ID: "
                + campaign.campaign()
                + ':'
                + campaign.workspace()
                + ":campanile\r\n";
    }

    /// For the button of mail programs (RFC 2369), which act by themselves where the page takes
    /// that (RFC 8058). The URL stands in one piece; the one that no line can hold, for an identity
    /// of hundreds of characters beyond ASCII, stands in the content only.
    private void unsubscribe(String link, StringBuilder head) {
        if (link.isEmpty()) {
            return;
        }
        String url = " <" + (isAscii(link) ? link : URI.create(link).toASCIIString()) + ">";
        if (url.length() > LONGEST_LINE) {
            return;
        }
        boolean folded = LIST_UNSUBSCRIBE.length() + url.length() > LONGEST_LINE;
        head.append(LIST_UNSUBSCRIBE).append(folded ? "\r\n" : "").append(url).append("\r\n");
        if (oneClick) {
            head.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        }
    }

    /// Whether only servers that speak SMTPUTF8 may see the headers (RFC 6532), whatever the
    /// envelope says. Whom it is for stands in the envelope too.
    boolean needsUtf8(RenderedEmail content) {
        return !isAscii(from) || !isAscii(answersTo(content));
    }

    /// The same for what the channel configuration says of the sender.
    boolean senderNeedsUtf8(RenderedEmail content) {
        return !isAscii(from) || (content.replyTo().isEmpty() && !isAscii(replyTo));
    }

    private String answersTo(RenderedEmail content) {
        return content.replyTo().isEmpty()
                ? replyTo
                : EmailAddress.parse(content.replyTo())
                        .map(MailComposer::wireForm)
                        .orElseGet(content::replyTo);
    }

    private static void alternatives(
            OutgoingEmail email, boolean eightBit, StringBuilder head, ByteArrayOutputStream out) {
        // "=_" cannot occur in quoted-printable, and nobody knows the id when the data is chosen.
        String boundary = "=_" + email.id();
        BodyEncoder text = BodyEncoder.encode(email.content().text(), eightBit);
        BodyEncoder html = BodyEncoder.encode(email.content().html(), eightBit);
        head.append("Content-Type: multipart/alternative; boundary=\"")
                .append(boundary)
                .append("\"\r\n");
        if (text.isEightBit() || html.isEightBit()) {
            // RFC 2045, section 6.4: what holds such a part says so as well.
            head.append("Content-Transfer-Encoding: 8bit\r\n");
        }
        head.append("\r\n--").append(boundary).append("\r\n");
        part("plain", text, head, out);
        head.append("\r\n--").append(boundary).append("\r\n");
        part("html", html, head, out);
        write("\r\n--" + boundary + "--\r\n", out);
    }

    /// Writes what has gathered in `head`, then the part.
    private static void part(
            String subtype, BodyEncoder body, StringBuilder head, ByteArrayOutputStream out) {
        head.append("Content-Type: text/")
                .append(subtype)
                .append("; charset=utf-8\r\nContent-Transfer-Encoding: ")
                .append(body.transferEncoding())
                .append("\r\n\r\n");
        write(head.toString(), out);
        head.setLength(0);
        out.writeBytes(body.bytes());
    }

    private static void write(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String subject(String subject) {
        return MimeUtility.fold(9, EncodedWords.of(shortened(oneLine(subject))));
    }

    /// Half of a character beyond the first 65536 would be none at all.
    private static String shortened(String line) {
        if (line.length() <= LONGEST_SUBJECT) {
            return line;
        }
        boolean splits = Character.isHighSurrogate(line.charAt(LONGEST_SUBJECT - 1));
        return line.substring(0, splits ? LONGEST_SUBJECT - 1 : LONGEST_SUBJECT);
    }

    /// The last line of defence: rendered headers are one line already.
    private static String oneLine(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                ? text
                : text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private String date() {
        Instant now = time.instant();
        DateLine line = dateLine;
        if (line.second != now.getEpochSecond()) {
            line = new DateLine(now.getEpochSecond(), new MailDateFormat().format(Date.from(now)));
            dateLine = line;
        }
        return line.text;
    }
}
