package io.campanile.domain.channel;

import org.jspecify.annotations.Nullable;

/// The relay a channel configuration hands mail to.
///
/// @param verifyCertificate off only for relays with a certificate nobody signed
/// @param trustedCertificates PEM of the authorities to trust in place of the machine's; empty for
///   the machine's
/// @param credentials absent when the relay asks for none; the password is stored apart, encrypted
/// @param heloName what we call ourselves; when empty the host's name, or our address where that
///   has no domain
public record SmtpServer(
        String host,
        int port,
        Security security,
        boolean verifyCertificate,
        String trustedCertificates,
        @Nullable Credentials credentials,
        String heloName) {

    /// How the connection is protected.
    public enum Security {
        /// TLS is negotiated after the greeting (RFC 3207) and required.
        STARTTLS,
        /// TLS from the first byte (RFC 8314).
        IMPLICIT_TLS,
        /// None: for relays on the same machine.
        PLAINTEXT
    }

    /// Whether a password that was entered for this relay may be used for that one without being
    /// entered again. It may not when host or port differ, when the connection is less protected,
    /// or when other certificates are trusted. Otherwise whoever changes the relay could learn the
    /// password.
    public boolean sharesPasswordWith(SmtpServer next) {
        boolean sameRelay = host.equalsIgnoreCase(next.host) && port == next.port;
        boolean asProtected =
                (next.security != Security.PLAINTEXT || security == Security.PLAINTEXT)
                        && (next.verifyCertificate || !verifyCertificate);
        return sameRelay && asProtected && (!isVerified() || trustsSameAs(next));
    }

    private boolean isVerified() {
        return security != Security.PLAINTEXT && verifyCertificate;
    }

    private boolean trustsSameAs(SmtpServer next) {
        return trustedCertificates.strip().equals(next.trustedCertificates.strip());
    }

    /// The same relay, signed in to with these.
    public SmtpServer with(@Nullable Credentials newCredentials) {
        return new SmtpServer(
                host,
                port,
                security,
                verifyCertificate,
                trustedCertificates,
                newCredentials,
                heloName);
    }

    /// The password as it is stored: encrypted, opened only by the channel adapter's wiring.
    public record Credentials(String userName, SealedSecret password) {}
}
