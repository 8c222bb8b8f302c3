package io.campanile.application.campaign;

import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.content.Contract;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.message.Lane;
import io.campanile.domain.schema.AttributeCheck;

import java.time.Duration;

/// What a trigger needs to know of a campaign that has been activated. May be some seconds old;
/// what binds is the control row.
///
/// @param revision number of the live revision
/// @param definition of the live revision, without its content: all campaigns that run are in
///   memory
/// @param contract of the live revision
/// @param attributes the workspace's schema of them
/// @param retryWindow the channel configuration's: the default expiry of a message
/// @param addressField the channel configuration's: the attribute that holds the address
/// @param bypassesComplaints the channel configuration's: whether service messages do
public record CampaignSnapshot(
        CampaignId id,
        CampaignName name,
        Category category,
        Campaign.State state,
        CampaignControl control,
        int revision,
        CampaignDefinition definition,
        Contract contract,
        AttributeCheck attributes,
        ChannelConfigurationId channelConfiguration,
        Duration retryWindow,
        String addressField,
        boolean bypassesComplaints) {

    /// What its messages are, as far as the rules ask for it.
    public Occasion occasion() {
        return Occasion.ofEmail(name.workspace(), category, definition, bypassesComplaints);
    }

    /// Which way its messages go.
    public Lane lane() {
        return Lane.of(category, definition.deliveryMode());
    }

    public Schedule schedule() {
        return definition.schedule();
    }
}
