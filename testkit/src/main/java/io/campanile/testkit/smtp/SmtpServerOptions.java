package io.campanile.testkit.smtp;

import java.util.ArrayList;
import java.util.List;

/// What a server offers and asks for.
///
/// @param keepMails whether complete mails are kept; otherwise only their Message-IDs are counted
/// @param certificate what it secures connections with
/// @param user who may sign in; empty when nobody needs to
public record SmtpServerOptions(
        boolean keepMails,
        Tls tls,
        Certificate certificate,
        String user,
        String password,
        boolean smtpUtf8,
        boolean dsn) {
    /// Everything offered but TLS, nothing asked for, mails kept.
    public static final SmtpServerOptions OPEN =
            new SmtpServerOptions(true, Tls.NONE, Certificate.LOCALHOST, "", "", true, true);

    /// How the connection is protected.
    public enum Tls {
        NONE,
        STARTTLS,
        IMPLICIT
    }

    /// Whom its certificate is for.
    public enum Certificate {
        /// `localhost` and 127.0.0.1.
        LOCALHOST,
        /// 127.0.0.1, by whatever name.
        ADDRESS_ONLY
    }

    public SmtpServerOptions countingOnly() {
        return new SmtpServerOptions(false, tls, certificate, user, password, smtpUtf8, dsn);
    }

    public SmtpServerOptions with(Tls protection) {
        return new SmtpServerOptions(
                keepMails, protection, certificate, user, password, smtpUtf8, dsn);
    }

    public SmtpServerOptions certifiedAs(Certificate other) {
        return new SmtpServerOptions(keepMails, tls, other, user, password, smtpUtf8, dsn);
    }

    public SmtpServerOptions signedInAs(String name, String secret) {
        return new SmtpServerOptions(keepMails, tls, certificate, name, secret, smtpUtf8, dsn);
    }

    public SmtpServerOptions withoutSmtpUtf8() {
        return new SmtpServerOptions(keepMails, tls, certificate, user, password, false, dsn);
    }

    public SmtpServerOptions withoutDsn() {
        return new SmtpServerOptions(keepMails, tls, certificate, user, password, smtpUtf8, false);
    }

    boolean requiresSignIn() {
        return !user.isEmpty();
    }

    boolean accepts(String name, String secret) {
        return requiresSignIn() && user.equals(name) && password.equals(secret);
    }

    List<String> extensions(boolean encrypted) {
        var offered = new ArrayList<>(List.of("localhost", "PIPELINING", "8BITMIME"));
        if (smtpUtf8) {
            offered.add("SMTPUTF8");
        }
        if (dsn) {
            offered.add("DSN");
        }
        if (tls == Tls.STARTTLS && !encrypted) {
            offered.add("STARTTLS");
        } else if (requiresSignIn()) {
            offered.add("AUTH PLAIN LOGIN");
        }
        return offered;
    }
}
