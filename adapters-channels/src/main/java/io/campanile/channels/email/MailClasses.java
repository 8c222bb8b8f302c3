package io.campanile.channels.email;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeUtility;

import org.eclipse.angus.mail.smtp.SMTPTransport;

import java.util.List;

/// The classes of the mail library that hand-overs begin with.
///
/// A virtual thread that waits for a class to be initialized keeps its carrier (JDK 25). Where the
/// first hand-overs of a process meet, these can be all carriers; and the one that initializes
/// reads a file of its jar, and waits for one that reads another and has no carrier: for ever.
final class MailClasses {
    private static final List<Class<?>> FIRST =
            List.of(
                    Session.class,
                    SMTPTransport.class,
                    MimeUtility.class,
                    InternetAddress.class,
                    MailDateFormat.class);

    private MailClasses() {}

    /// Initializes them, on a thread of the machine's own.
    static void initialize() {
        for (Class<?> each : FIRST) {
            try {
                Class.forName(each.getName(), true, each.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("a class that is here", e);
            }
        }
    }
}
