package io.campanile.channels.email;

/// What a mail travels under (RFC 5321).
///
/// @param sender for `MAIL FROM`
/// @param id returned in delivery status notifications (RFC 3461)
/// @param utf8Sender whether an address of the channel configuration in the headers is beyond ASCII
/// @param utf8Headers whether any address in the mail's headers is (RFC 6532)
record Envelope(
        String sender, String recipient, String id, boolean utf8Sender, boolean utf8Headers) {
    boolean needsUtf8() {
        return senderNeedsUtf8() || utf8Headers || !MailComposer.isAscii(recipient);
    }

    /// Whether every other mail of the channel configuration would need it as well.
    boolean senderNeedsUtf8() {
        return utf8Sender || !MailComposer.isAscii(sender);
    }

    String mailCommand(boolean eightBit, boolean dsn) {
        return "MAIL FROM:<"
                + sender
                + ">"
                + (eightBit ? " BODY=8BITMIME" : "")
                + (needsUtf8() ? " SMTPUTF8" : "")
                + (dsn ? " RET=HDRS ENVID=" + id : "");
    }

    String recipientCommand(boolean dsn) {
        return "RCPT TO:<" + recipient + ">" + (dsn ? " NOTIFY=FAILURE,DELAY" : "");
    }
}
