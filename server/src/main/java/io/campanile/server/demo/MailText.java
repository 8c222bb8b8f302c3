package io.campanile.server.demo;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;

/// A mail as a mail program shows it.
///
/// @param text the text part
/// @param html the HTML part
record MailText(String from, String subject, String messageId, String text, String html) {

    static MailText of(Inbox.Mail mail) throws MessagingException, IOException {
        var message =
                new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(mail.content()));
        return new MailText(
                message.getFrom()[0].toString(),
                message.getSubject(),
                message.getMessageID(),
                part(message, "text/plain").strip(),
                part(message, "text/html").strip());
    }

    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String found = part(inner, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
