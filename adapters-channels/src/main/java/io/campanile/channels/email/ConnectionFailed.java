package io.campanile.channels.email;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;

import javax.net.ssl.SSLException;

/// There is no usable connection; nothing was handed over.
final class ConnectionFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final transient AttemptOutcome.Busy outcome;
    private final transient @Nullable Duration rest;

    private ConnectionFailed(Exception cause, AttemptOutcome.Busy outcome) {
        this(cause, outcome, null);
    }

    private ConnectionFailed(
            Exception cause, AttemptOutcome.Busy outcome, @Nullable Duration rest) {
        super(outcome.reason().name(), cause);
        this.outcome = outcome;
        this.rest = rest;
    }

    AttemptOutcome.Busy outcome() {
        return outcome;
    }

    /// Whether the server knows us not, or not like this.
    boolean isSignInRefused() {
        return outcome.reply().code() / 100 == 5 && has(this, AuthenticationFailedException.class);
    }

    /// The same, for whoever is to leave the server alone.
    ConnectionFailed restingFor(Duration longest) {
        return new ConnectionFailed(this, outcome, longest);
    }

    /// How long nobody is to try again; null where that does not matter.
    @Nullable Duration rest() {
        return rest;
    }

    /// Nobody listens there, or nobody knows where that is.
    static ConnectionFailed unreachable(IOException cause) {
        return failed(cause, Reason.PROVIDER_UNREACHABLE, 0, "");
    }

    static ConnectionFailed of(Exception cause, SmtpConnection connection) {
        int code = Math.max(0, connection.getLastReturnCode());
        String text = connection.getLastServerResponse();
        String reply = text == null ? "" : text;
        if (has(cause, SSLException.class)) {
            return failed(cause, Reason.PROVIDER_MISCONFIGURED, code, reply);
        }
        // Whatever was tried on it: Angus calls it a failed sign-in that a connection broke in.
        boolean broken = has(cause, IOException.class) || connection.getLastReturnCode() < 0;
        if (!(cause instanceof MessagingException) || broken) {
            return failed(cause, Reason.PROVIDER_UNREACHABLE, 0, "");
        }
        if (has(cause, AuthenticationFailedException.class) && code / 100 != 4) {
            return failed(cause, Reason.PROVIDER_MISCONFIGURED, code, reply);
        }
        if (SmtpReplyClassifier.classify(code, reply, RefusedPart.SENDER)
                        instanceof AttemptOutcome.Busy busy
                && code >= 400) {
            return new ConnectionFailed(cause, busy);
        }
        return failed(cause, Reason.PROVIDER_MISCONFIGURED, code, reply);
    }

    private static ConnectionFailed failed(Exception cause, Reason reason, int code, String reply) {
        return new ConnectionFailed(
                cause,
                new AttemptOutcome.Busy(
                        reason,
                        code < 400 ? ProviderReply.NONE : SmtpReplyClassifier.reply(code, reply),
                        null));
    }

    /// Angus keeps its causes in chains of its own.
    private static boolean has(Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
