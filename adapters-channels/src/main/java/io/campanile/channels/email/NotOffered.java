package io.campanile.channels.email;

import jakarta.mail.MessagingException;

/// A relay does not offer what the channel configuration asks of it. Of what breaks, the log tells
/// the types only, so that each has a name of its own.
abstract sealed class NotOffered extends MessagingException {
    private static final long serialVersionUID = 1;

    /// It has no STARTTLS (RFC 3207).
    static final class StartTlsNotOffered extends NotOffered {
        private static final long serialVersionUID = 1;
    }

    /// It lets nobody sign in (RFC 4954), or not over such a connection.
    static final class SignInNotOffered extends NotOffered {
        private static final long serialVersionUID = 1;
    }

    /// One may sign in, but neither by PLAIN nor by LOGIN.
    static final class PasswordSignInNotOffered extends NotOffered {
        private static final long serialVersionUID = 1;
    }

    /// It needs SMTPUTF8 (RFC 6531) for an address beyond ASCII.
    static final class Utf8NotOffered extends NotOffered {
        private static final long serialVersionUID = 1;
    }
}
