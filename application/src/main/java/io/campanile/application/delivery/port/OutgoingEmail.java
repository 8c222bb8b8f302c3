package io.campanile.application.delivery.port;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;

/// A rendered mail on its way to a provider. The `Message-ID` follows from `id`.
public record OutgoingEmail(
        MessageId id, Category category, EmailAddress to, RenderedEmail content) {
    /// The same mail to another address.
    public OutgoingEmail sentTo(EmailAddress address) {
        return new OutgoingEmail(id, category, address, content);
    }
}
