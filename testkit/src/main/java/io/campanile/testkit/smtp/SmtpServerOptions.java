package io.campanile.testkit.smtp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
        Set<Extension> extensions) {
    /// Everything offered but TLS, nothing asked for, mails kept.
    public static final SmtpServerOptions OPEN =
            new SmtpServerOptions(
                    true, Tls.NONE, Certificate.LOCALHOST, "", "", EnumSet.allOf(Extension.class));

    public SmtpServerOptions {
        extensions = Set.copyOf(extensions);
    }

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

    /// What it understands besides the commands that every server does.
    public enum Extension {
        /// Commands may travel together (RFC 2920).
        PIPELINING("PIPELINING"),
        /// Bytes beyond ASCII in the mail (RFC 6152).
        EIGHT_BIT("8BITMIME"),
        /// And in addresses (RFC 6531).
        SMTP_UTF8("SMTPUTF8"),
        /// Delivery status notifications (RFC 3461).
        DSN("DSN");

        private final String keyword;

        Extension(String keyword) {
            this.keyword = keyword;
        }
    }

    public SmtpServerOptions countingOnly() {
        return new SmtpServerOptions(false, tls, certificate, user, password, extensions);
    }

    public SmtpServerOptions with(Tls protection) {
        return new SmtpServerOptions(
                keepMails, protection, certificate, user, password, extensions);
    }

    public SmtpServerOptions certifiedAs(Certificate other) {
        return new SmtpServerOptions(keepMails, tls, other, user, password, extensions);
    }

    public SmtpServerOptions signedInAs(String name, String secret) {
        return new SmtpServerOptions(keepMails, tls, certificate, name, secret, extensions);
    }

    public SmtpServerOptions withoutSmtpUtf8() {
        return without(Extension.SMTP_UTF8);
    }

    public SmtpServerOptions withoutDsn() {
        return without(Extension.DSN);
    }

    public SmtpServerOptions withoutPipelining() {
        return without(Extension.PIPELINING);
    }

    /// Nor SMTPUTF8, which is not offered without it.
    public SmtpServerOptions withoutEightBit() {
        return without(Extension.EIGHT_BIT).without(Extension.SMTP_UTF8);
    }

    private SmtpServerOptions without(Extension missing) {
        Set<Extension> left = EnumSet.allOf(Extension.class);
        left.retainAll(extensions);
        left.remove(missing);
        return new SmtpServerOptions(keepMails, tls, certificate, user, password, left);
    }

    boolean requiresSignIn() {
        return !user.isEmpty();
    }

    boolean accepts(String name, String secret) {
        return requiresSignIn() && user.equals(name) && password.equals(secret);
    }

    List<String> greeting(boolean encrypted) {
        var offered = new ArrayList<>(List.of("localhost"));
        for (Extension extension : Extension.values()) {
            if (extensions.contains(extension)) {
                offered.add(extension.keyword);
            }
        }
        if (tls == Tls.STARTTLS && !encrypted) {
            offered.add("STARTTLS");
        } else if (requiresSignIn()) {
            offered.add("AUTH PLAIN LOGIN");
        }
        return offered;
    }
}
