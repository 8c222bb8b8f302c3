package io.campanile.domain.eligibility;

import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.workspace.WorkspaceId;

/// What a message is, as far as the rules ask for it.
///
/// @param topic of the campaign; empty for none
/// @param profileLookup what becomes of a recipient's identity
public record Occasion(
        WorkspaceId workspace,
        Channel channel,
        Purpose purpose,
        String topic,
        ProfileLookup profileLookup) {
    /// A message that uses what is known of the person.
    public Occasion(WorkspaceId workspace, Channel channel, Purpose purpose, String topic) {
        this(workspace, channel, purpose, topic, ProfileLookup.IF_KNOWN);
    }

    /// What the messages of an email campaign are.
    public static Occasion ofEmail(
            WorkspaceId workspace, Category category, CampaignDefinition definition) {
        return new Occasion(
                workspace,
                Channel.EMAIL,
                Purpose.of(category),
                definition.topic(),
                definition.profileLookup());
    }

    /// Whether whoever gets it is told how to get no more.
    public boolean hasUnsubscribeLink() {
        return purpose == Purpose.MARKETING;
    }

    boolean isCoveredBy(Consent consent) {
        return consent.level().covers(channel, purpose, topic);
    }
}
