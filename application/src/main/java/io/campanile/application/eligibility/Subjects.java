package io.campanile.application.eligibility;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.Recipient;

import org.jspecify.annotations.Nullable;

/// Whom messages of a campaign would be decided about that do not exist.
public final class Subjects {
    private Subjects() {}

    /// The recipient of a trigger.
    public static Subject of(CampaignSnapshot campaign, Recipient recipient) {
        return of(
                campaign,
                recipient.identity(),
                Admission.address(recipient).orElse(null),
                Attributes.of(recipient.profile()));
    }

    /// A member of an audience, of whom a trigger says nothing.
    static Subject ofMember(CampaignSnapshot campaign, Identity member) {
        return of(campaign, member, null, Attributes.NONE);
    }

    private static Subject of(
            CampaignSnapshot campaign,
            Identity identity,
            @Nullable EmailAddress address,
            Attributes overlay) {
        return new Subject(
                campaign.occasion(),
                campaign.definition().ruleSets(),
                identity,
                address,
                campaign.addressField(),
                overlay,
                campaign.contract().readsProfile(),
                null);
    }
}
