package io.campanile.application.eligibility;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.campaign.RevisionSnapshot;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.content.Contract;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.Recipient;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is to be sent, as far as it matters to whom it may go. Delivery and dry runs both ask about
/// people by it, so that they ask the same.
///
/// @param occasion what the messages are
/// @param ruleSets the ids of the rule sets that the campaign names
/// @param addressField the channel configuration's: the attribute that holds the address
/// @param readsProfile whether the content names anything of the profile
public record Mailing(
        Occasion occasion, List<String> ruleSets, String addressField, boolean readsProfile) {
    public Mailing {
        ruleSets = List.copyOf(ruleSets);
    }

    /// The live revision of a campaign.
    public static Mailing of(CampaignSnapshot campaign) {
        return new Mailing(
                campaign.occasion(),
                campaign.definition().ruleSets(),
                campaign.addressField(),
                campaign.contract().readsProfile());
    }

    /// A revision that messages are rendered by.
    public static Mailing of(RevisionSnapshot revision, ChannelConfiguration configuration) {
        return new Mailing(
                revision.occasion(configuration.definition().bypassesComplaints()),
                revision.definition().ruleSets(),
                configuration.definition().addressField(),
                revision.contract().readsProfile());
    }

    /// What a revision would be that is not live yet.
    static Mailing of(
            CampaignDefinition definition, Occasion occasion, ChannelConfiguration configuration) {
        return new Mailing(
                occasion,
                definition.ruleSets(),
                configuration.definition().addressField(),
                Contract.of(definition.content(), definition.fields()).readsProfile());
    }

    /// The recipient of a trigger, whose message does not exist.
    public Subject recipient(Recipient recipient) {
        return subject(
                recipient.identity(),
                Admission.address(recipient).orElse(null),
                Attributes.of(recipient.profile()),
                null);
    }

    /// A member of an audience, of whom a trigger says nothing, and whose message does not exist.
    Subject member(Identity member) {
        return subject(member, null, Attributes.NONE, null);
    }

    /// Somebody it would go to.
    ///
    /// @param address where the call sends it; absent when it leaves that to the profile
    /// @param overlay what the call lays over the attributes of the profile
    /// @param message what it is; absent for one that does not exist
    public Subject subject(
            Identity identity,
            @Nullable EmailAddress address,
            Attributes overlay,
            @Nullable MessageId message) {
        return new Subject(
                occasion,
                ruleSets,
                identity,
                address,
                addressField,
                overlay,
                readsProfile,
                message);
    }
}
