package io.campanile.application.delivery.port;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;

import java.time.Instant;

/// A rendered mail on its way to a provider. The `Message-ID` follows from `id`.
///
/// @param expireTime not handed over from then on, also when it had to wait for a connection
/// @param unsubscribeLink where this recipient says that it is to be the last; empty for nowhere
/// @param campaign what it was sent for
public record OutgoingEmail(
        MessageId id,
        Category category,
        EmailAddress to,
        RenderedEmail content,
        Instant expireTime,
        String unsubscribeLink,
        CampaignName campaign) {
    /// The same mail to another address.
    public OutgoingEmail sentTo(EmailAddress address) {
        return new OutgoingEmail(
                id, category, address, content, expireTime, unsubscribeLink, campaign);
    }

    /// Whoever has the link can use it: never printed.
    @Override
    public String toString() {
        return "OutgoingEmail[" + id + "]";
    }
}
