package io.campanile.channels.email;

/// What a mail travels under (RFC 5321).
///
/// @param sender for `MAIL FROM`
/// @param id returned in delivery status notifications (RFC 3461)
record Envelope(String sender, String recipient, String id) {
    boolean needsUtf8() {
        return !MailComposer.isAscii(sender) || !MailComposer.isAscii(recipient);
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
