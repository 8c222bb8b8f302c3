package io.campanile.testkit.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A message the server took responsibility for, as it arrived.
///
/// @param sender the address of `MAIL FROM`
/// @param senderParameters what followed it, such as `BODY=8BITMIME RET=HDRS`
/// @param recipients the addresses of `RCPT TO` that were not refused
/// @param recipientParameters what followed each of them
/// @param encrypted whether the connection was
/// @param user who signed in; empty for nobody
/// @param data header and body without the doubled dots of the transfer
public record ReceivedMail(
        String sender,
        String senderParameters,
        List<String> recipients,
        List<String> recipientParameters,
        boolean encrypted,
        String user,
        byte[] data) {
    public ReceivedMail {
        recipients = List.copyOf(recipients);
        recipientParameters = List.copyOf(recipientParameters);
    }

    /// The data as text; bytes beyond ASCII are taken for UTF-8.
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /// The first header of that name, unfolded but not decoded.
    public Optional<String> header(String name) {
        String text = text();
        int end = text.indexOf("\r\n\r\n");
        String head = (end < 0 ? text : text.substring(0, end)).replaceAll("\r\n[ \t]+", " ");
        String wanted = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
                .map(line -> line.substring(wanted.length()).strip())
                .findFirst();
    }

    public String messageId() {
        return header("Message-ID").orElse("");
    }
}
