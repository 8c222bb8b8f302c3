package io.campanile.testkit.smtp;

/// A point of an SMTP dialogue at which a script can step in, before the server does its part.
public enum Stage {
    CONNECT,
    EHLO,
    STARTTLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /// The first bytes of the message are there, the final dot is not read yet.
    BODY,
    /// The final dot was read and nothing is counted yet.
    DOT,
    NOOP,
    RSET,
    QUIT
}
