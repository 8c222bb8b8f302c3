package io.campanile.channels.email;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.RefusedPart;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;

import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A connection to a relay. Angus connects, secures, signs in and reads replies; the transaction of
/// each mail is written here, so that commands can travel together and every stage is known.
final class SmtpConnection extends SMTPTransport {
    private final HeldSocket socket;

    /// While Angus opens the data stream: `DATA` was sent and its reply read already.
    private boolean dataAccepted;

    private boolean usable = true;
    private boolean announcing;
    private int transactions;

    SmtpConnection(Session session, URLName url, HeldSocket socket) {
        super(session, url);
        this.socket = socket;
    }

    /// Whether another mail can be handed over here.
    synchronized boolean isUsable() {
        return usable;
    }

    /// Whether it was found at its end at the very first command of another mail: the server had
    /// closed it while it idled, or takes no more mails over it.
    synchronized boolean endedBetweenMails() {
        return announcing && transactions > 0;
    }

    /// What somebody hears while a mail is handed over.
    interface Listener {
        /// The provider refuses; what it says to other commands follows, and may take long.
        void refused(AttemptOutcome refusal);

        /// Right before the final dot leaves; false keeps it back.
        boolean atFinalDot();
    }

    /// Hands a mail over.
    ///
    /// @throws IOException when the connection broke; nothing was handed over unless the listener
    ///   had been at the final dot
    synchronized AttemptOutcome transmit(Envelope envelope, byte[] mail, Listener listener)
            throws IOException {
        try {
            announcing = true;
            AttemptOutcome refusal = announce(envelope, listener);
            announcing = false;
            transactions++;
            if (refusal != null) {
                forgetTransaction();
                return refusal;
            }
            SMTPOutputStream out = openData();
            out.write(mail);
            out.ensureAtBOL();
            if (!listener.atFinalDot()) {
                throw new IOException("stopped before the final dot");
            }
            sendCommand(".");
            int code = reply();
            return code / 100 == 2
                    ? new AttemptOutcome.Taken(
                            SmtpReplyClassifier.reply(code, getLastServerResponse()))
                    : refused(code, RefusedPart.CONTENT);
        } catch (MessagingException e) {
            throw new IOException("the connection broke", e);
        }
    }

    /// Sends the envelope and `DATA`; the refusal, or null when the mail may follow.
    private @Nullable AttemptOutcome announce(Envelope envelope, Listener listener)
            throws MessagingException, IOException {
        boolean dsn = supportsExtension("DSN");
        List<String> commands = new ArrayList<>();
        commands.add(envelope.mailCommand(takesEightBit(), dsn));
        commands.add(envelope.recipientCommand(dsn));
        commands.add("DATA");
        // Commands Angus sends as text are ASCII, so those with UTF-8 go one by one.
        return supportsExtension("PIPELINING") && !envelope.needsUtf8()
                ? together(commands, listener)
                : oneByOne(commands, listener);
    }

    private @Nullable AttemptOutcome together(List<String> commands, Listener listener)
            throws MessagingException, IOException {
        socket.hold();
        for (String command : commands) {
            sendCommand(command);
        }
        socket.letGo();
        AttemptOutcome refusal = null;
        for (String command : commands) {
            if (refusal == null) {
                int code = goesOn(command, reply());
                refusal = goesAhead(command, code) ? null : refused(code, command, listener);
            } else {
                passOver(command);
            }
        }
        return refusal;
    }

    /// Reads what is said to a command after a refusal, which stands, whatever becomes of the
    /// connection.
    private void passOver(String command) {
        try {
            if (usable && reply() == 354 && command.equals("DATA")) {
                // It wants a mail nobody may get: an empty one ends that.
                sendCommand(".");
                reply();
            }
        } catch (MessagingException | IOException _) {
            usable = false;
        }
    }

    private @Nullable AttemptOutcome oneByOne(List<String> commands, Listener listener)
            throws MessagingException, IOException {
        for (String command : commands) {
            simpleCommand(command.getBytes(StandardCharsets.UTF_8));
            int code = goesOn(command, checked(getLastReturnCode()));
            if (!goesAhead(command, code)) {
                return refused(code, command, listener);
            }
        }
        return null;
    }

    /// The mail may follow a 354 only: after anything else it would be read as commands.
    private static boolean goesAhead(String command, int code) {
        return command.equals("DATA") ? code == 354 : code / 100 == 2;
    }

    private SMTPOutputStream openData() throws MessagingException {
        dataAccepted = true;
        try {
            return (SMTPOutputStream) data();
        } finally {
            dataAccepted = false;
        }
    }

    /// A server that does not know it is asked by `HELO`. One that has closed the connection, or
    /// cannot now, is not: what it said would be lost.
    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        if (super.ehlo(domain)) {
            return true;
        }
        if (getLastReturnCode() / 100 != 5) {
            throw new MessagingException("the server does not greet");
        }
        return false;
    }

    @Override
    protected void sendCommand(String command) throws MessagingException {
        if (!dataAccepted) {
            super.sendCommand(command);
        }
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        if (dataAccepted) {
            return 354;
        }
        try {
            socket.beginReply();
        } catch (IOException e) {
            throw new MessagingException("the connection is closed", e);
        }
        return super.readServerResponse();
    }

    private int reply() throws MessagingException, IOException {
        return checked(readServerResponse());
    }

    private int checked(int code) throws EOFException {
        if (code < 200) {
            usable = false;
            throw new EOFException("the server closed the connection");
        }
        return code;
    }

    /// Servers say by a 421 that they take no more mails over this connection, or have waited for
    /// one too long. Only on a fresh connection it says that they take no mails at all.
    private int goesOn(String command, int code) throws IOException {
        if (code == 421 && transactions > 0 && part(command) == RefusedPart.SENDER) {
            usable = false;
            throw new IOException("the server ends the connection");
        }
        return code;
    }

    private AttemptOutcome refused(int code, String command, Listener listener) {
        AttemptOutcome refusal = refused(code, part(command));
        listener.refused(refusal);
        return refusal;
    }

    private AttemptOutcome refused(int code, RefusedPart part) {
        usable = usable && code != 421 && code != 521;
        return SmtpReplyClassifier.classify(code, getLastServerResponse(), part);
    }

    private static RefusedPart part(String command) {
        return switch (command.substring(0, 4)) {
            case "MAIL" -> RefusedPart.SENDER;
            case "RCPT" -> RefusedPart.RECIPIENT;
            default -> RefusedPart.CONTENT;
        };
    }

    /// The refusal stands, whatever becomes of the connection.
    private void forgetTransaction() {
        try {
            usable = usable && simpleCommand("RSET") == 250;
        } catch (MessagingException _) {
            usable = false;
        }
    }

    boolean takesStartTls() {
        return supportsExtension("STARTTLS");
    }

    boolean takesSignIns() {
        return supportsExtension("AUTH");
    }

    /// Whether it takes a password by a mechanism that is spoken here.
    synchronized boolean takesPasswords() {
        return supportsAuthentication("PLAIN") || supportsAuthentication("LOGIN");
    }

    boolean takesEightBit() {
        return supportsExtension("8BITMIME");
    }

    boolean takesUtf8() {
        return supportsExtension("SMTPUTF8");
    }

    /// Closes the connection at once, whoever is waiting for it. Not synchronized for that reason.
    void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Says goodbye and closes the connection.
    void quit() {
        try {
            close();
        } catch (MessagingException _) {
            abort(); // it is gone either way
        }
    }
}
