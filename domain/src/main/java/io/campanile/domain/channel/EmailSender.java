package io.campanile.domain.channel;

import org.jspecify.annotations.Nullable;

/// Who a mail comes from.
///
/// @param name shown beside the address; empty for none
/// @param replyTo where answers go; the from address when absent
/// @param envelopeSender where bounces go (MAIL FROM); the from address when absent
/// @param unsubscribeUrl an https URL of the customer's where people say that they want no more;
///   empty for none
/// @param oneClickUnsubscribe whether that URL takes the POST of a mail program's own button (RFC
///   8058)
public record EmailSender(
        EmailAddress from,
        String name,
        @Nullable EmailAddress replyTo,
        @Nullable EmailAddress envelopeSender,
        String unsubscribeUrl,
        boolean oneClickUnsubscribe) {
    public EmailSender {
        if (oneClickUnsubscribe && unsubscribeUrl.isEmpty()) {
            throw new IllegalArgumentException("one click, and no URL that takes it");
        }
    }
}
