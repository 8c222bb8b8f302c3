package io.campanile.testkit.smtp;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLSocket;

/// One connection's dialogue (RFC 5321), on a thread of its own.
final class SmtpSession {
    private final ScriptedSmtpServer server;
    private final SmtpServerOptions options;
    private Socket socket;
    private SmtpInput in;
    private OutputStream out;

    private boolean encrypted;
    private boolean over;
    private String user = "";
    private @Nullable String sender;
    private String senderParameters = "";
    private final List<String> recipients = new ArrayList<>();
    private final List<String> recipientParameters = new ArrayList<>();

    SmtpSession(ScriptedSmtpServer server, Socket socket) throws IOException {
        this.server = server;
        this.options = server.options();
        this.socket = socket;
        this.in = new SmtpInput(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    void run() throws IOException {
        if (options.tls() == SmtpServerOptions.Tls.IMPLICIT) {
            encrypt();
        }
        if (proceeds(Stage.CONNECT, "")) {
            reply("220 localhost ESMTP");
        }
        while (!over) {
            if (!in.hasMore()) {
                out.flush();
            }
            command(in.line());
        }
        out.flush();
    }

    private void command(String line) throws IOException {
        server.heard(line);
        int blank = line.indexOf(' ');
        String verb = (blank < 0 ? line : line.substring(0, blank)).toUpperCase(Locale.ROOT);
        String argument = blank < 0 ? "" : line.substring(blank + 1).strip();
        switch (verb) {
            case "EHLO", "HELO" -> hello(argument);
            case "STARTTLS" -> startTls();
            case "AUTH" -> authenticate(argument);
            case "MAIL" -> mail(argument);
            case "RCPT" -> recipient(argument);
            case "DATA" -> data();
            case "RSET" -> {
                if (proceeds(Stage.RSET, argument)) {
                    reset();
                    reply("250 2.0.0 reset");
                }
            }
            case "NOOP" -> replyUnlessScripted(Stage.NOOP, argument, "250 2.0.0 fine");
            case "QUIT" -> {
                replyUnlessScripted(Stage.QUIT, argument, "221 2.0.0 bye");
                over = true;
            }
            default -> reply("500 5.5.1 unknown command");
        }
    }

    private void hello(String argument) throws IOException {
        if (!proceeds(Stage.EHLO, argument)) {
            return;
        }
        reset();
        for (String extension : options.greeting(encrypted)) {
            reply("250-" + extension);
        }
        reply("250 ENHANCEDSTATUSCODES");
    }

    private void startTls() throws IOException {
        if (!proceeds(Stage.STARTTLS, "")) {
            return;
        }
        if (options.tls() != SmtpServerOptions.Tls.STARTTLS || encrypted) {
            reply("502 5.5.1 not offered");
            return;
        }
        if (in.hasMore()) {
            // Commands sent ahead in plaintext would otherwise be obeyed as if they were encrypted.
            reply("503 5.5.1 nothing may follow STARTTLS");
            over = true;
            return;
        }
        reply("220 2.0.0 go ahead");
        out.flush();
        encrypt();
    }

    private void encrypt() throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        TestCertificate.of(options.certificate())
                                .serverContext()
                                .getSocketFactory()
                                .createSocket(socket, null, socket.getPort(), true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        socket = tls;
        in = new SmtpInput(tls.getInputStream());
        out = new BufferedOutputStream(tls.getOutputStream());
        encrypted = true;
        user = "";
        reset();
    }

    private void authenticate(String argument) throws IOException {
        if (!proceeds(Stage.AUTH, argument)) {
            return;
        }
        String[] words = argument.split(" ", 2);
        String initial = words.length == 2 ? words[1] : "";
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> {
                String[] parts = (initial.isEmpty() ? ask("") : decode(initial)).split("\0", -1);
                signIn(parts.length == 3 ? parts[1] : "", parts.length == 3 ? parts[2] : "");
            }
            case "LOGIN" ->
                    signIn(
                            initial.isEmpty() ? ask("VXNlcm5hbWU6") : decode(initial),
                            ask("UGFzc3dvcmQ6"));
            default -> reply("504 5.5.4 unknown mechanism");
        }
    }

    private String ask(String challenge) throws IOException {
        reply("334 " + challenge);
        out.flush();
        return decode(in.line());
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private void signIn(String name, String password) throws IOException {
        if (options.accepts(name, password)) {
            user = name;
            reply("235 2.7.0 welcome");
        } else {
            reply("535 5.7.8 wrong user name or password");
        }
    }

    private void mail(String argument) throws IOException {
        Path path = Path.parse(argument);
        if (!proceeds(Stage.MAIL, path.address)) {
            return;
        }
        if (options.requiresSignIn() && user.isEmpty()) {
            reply("530 5.7.0 sign in first");
        } else if (sender != null) {
            reply("503 5.5.1 one at a time");
        } else {
            sender = path.address;
            senderParameters = path.parameters;
            reply("250 2.1.0 sender ok");
        }
    }

    private void recipient(String argument) throws IOException {
        Path path = Path.parse(argument);
        if (!proceeds(Stage.RCPT, path.address)) {
            return;
        }
        if (sender == null) {
            reply("503 5.5.1 MAIL first");
        } else {
            recipients.add(path.address);
            recipientParameters.add(path.parameters);
            reply("250 2.1.5 recipient ok");
        }
    }

    private void data() throws IOException {
        if (!proceeds(Stage.DATA, "")) {
            return;
        }
        if (recipients.isEmpty()) {
            reply("554 5.5.1 no valid recipients");
            return;
        }
        reply("354 go ahead");
        out.flush();
        in.awaitByte();
        if (!proceeds(Stage.BODY, "")) {
            over = true;
            return;
        }
        byte[] data = in.message();
        Reaction reaction = server.reaction(Stage.DOT, recipients.getFirst());
        if (reaction instanceof Reaction.CountAndCut) {
            take(data);
        }
        if (proceeds(reaction)) {
            take(data);
            reply("250 2.0.0 taken");
        }
        reset();
    }

    private void take(byte[] data) {
        server.take(
                new ReceivedMail(
                        sender == null ? "" : sender,
                        senderParameters,
                        recipients,
                        recipientParameters,
                        encrypted,
                        user,
                        data));
    }

    private void reset() {
        sender = null;
        senderParameters = "";
        recipients.clear();
        recipientParameters.clear();
    }

    private void replyUnlessScripted(Stage stage, String argument, String line) throws IOException {
        if (proceeds(stage, argument)) {
            reply(line);
        }
    }

    private boolean proceeds(Stage stage, String argument) throws IOException {
        return proceeds(server.reaction(stage, argument));
    }

    /// Does what the script says; whether the server then does its own part.
    private boolean proceeds(@Nullable Reaction reaction) throws IOException {
        return switch (reaction) {
            case null -> true;
            case Reaction.Reply(String line) -> {
                reply(line);
                over = over || line.startsWith("421");
                yield false;
            }
            case Reaction.ReplyAndCut(String line) -> {
                reply(line);
                over = true;
                yield false;
            }
            case Reaction.ReplyForEver(String line) -> {
                while (!socket.isClosed()) {
                    reply(line);
                }
                over = true;
                yield false;
            }
            case Reaction.Stall _ -> {
                out.flush();
                server.awaitRelease();
                yield true;
            }
            case Reaction.Cut _, Reaction.CountAndCut _ -> {
                over = true;
                // A reset, not an orderly end: what a crashed host looks like.
                socket.close();
                yield false;
            }
        };
    }

    private void reply(String line) throws IOException {
        if (!socket.isClosed()) {
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// An address in angle brackets and what follows it.
    private record Path(String address, String parameters) {
        static Path parse(String argument) {
            int open = argument.indexOf('<');
            int close = argument.indexOf('>', open + 1);
            return open < 0 || close < 0
                    ? new Path("", "")
                    : new Path(
                            argument.substring(open + 1, close),
                            argument.substring(close + 1).strip());
        }
    }
}
