package io.campanile.server.demo;

import jakarta.mail.MessagingException;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;

/// Shows mails as they arrive, once the demonstration itself is over.
final class Arrivals implements Consumer<Inbox.Mail> {
    private final PrintWriter out;
    private volatile boolean shown;

    Arrivals(PrintWriter out) {
        this.out = out;
    }

    void show() {
        shown = true;
    }

    @Override
    public void accept(Inbox.Mail mail) {
        if (!shown) {
            return;
        }
        try {
            print(out, mail.recipient(), MailText.of(mail));
        } catch (MessagingException | IOException e) {
            out.println("A mail that cannot be read arrived: " + e.getMessage());
        }
        out.flush();
    }

    static void print(PrintWriter out, String recipient, MailText mail) {
        out.println("    To: " + recipient);
        out.println("    From: " + mail.from());
        out.println("    Subject: " + mail.subject());
        out.println("    Message-ID: " + mail.messageId());
        mail.text().lines().forEach(line -> out.println("    | " + line));
        out.println();
    }
}
