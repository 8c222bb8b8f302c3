package io.campanile.channels.email;

/// What a mail travels under (RFC 5321).
///
/// @param sender for `MAIL FROM`
/// @param id returned in delivery status notifications (RFC 3461)
/// @param utf8Headers whether an address in the mail's headers is beyond ASCII (RFC 6532)
record Envelope(String sender, String recipient, String id, boolean utf8Headers) {
    boolean needsUtf8() {
        return utf8Headers || !MailComposer.isAscii(sender) || !MailComposer.isAscii(recipient);
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
