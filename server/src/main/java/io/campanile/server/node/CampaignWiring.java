package io.campanile.server.node;

import io.campanile.application.access.Changes;
import io.campanile.application.audience.AudienceReview;
import io.campanile.application.audience.ManageAudienceMembers;
import io.campanile.application.audience.ManageAudiences;
import io.campanile.application.campaign.AdvanceCampaigns;
import io.campanile.application.campaign.CampaignChanges;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.campaign.ChangeCampaignState;
import io.campanile.application.campaign.ManageCampaigns;
import io.campanile.application.campaign.ReviewCampaign;
import io.campanile.application.channel.ManageChannelConfigurations;
import io.campanile.application.eligibility.AudienceForecast;
import io.campanile.application.eligibility.EstimateAudience;
import io.campanile.application.eligibility.ReviewReach;
import io.campanile.application.ruleset.ManageRuleSets;
import io.campanile.application.share.LongCalls;
import io.campanile.application.store.NodeClock;
import io.campanile.channels.content.JsoupHtmlReader;
import io.campanile.grpc.audience.AudienceGrpcService;
import io.campanile.grpc.campaign.CampaignGrpcService;
import io.campanile.persistence.rule.CelAudienceRules;

import java.time.Duration;

/// Campaigns, and what they name: channel configurations, audiences, rule sets.
final class CampaignWiring {
    private final StorePorts store;
    private final Changes changes;
    private final CampaignSnapshots snapshots;
    private final CampaignChanges campaignChanges;
    private final AudienceReview audienceReview;
    private final ReviewCampaign reviews;

    CampaignWiring(StorePorts store, Changes changes, NodeClock clock) {
        this.store = store;
        this.changes = changes;
        this.snapshots =
                new CampaignSnapshots(
                        store.campaigns(),
                        store.configurations(),
                        store.workspaces(),
                        store.signal());
        this.campaignChanges =
                new CampaignChanges(store.campaigns(), store.controls(), changes, snapshots, clock);
        this.audienceReview =
                new AudienceReview(store.audiences(), new CelAudienceRules(), store.workspaces());
        this.reviews =
                new ReviewCampaign(
                        store.campaigns(),
                        store.configurations(),
                        store.ruleSets(),
                        audienceReview,
                        store.workspaces(),
                        new JsoupHtmlReader(),
                        clock);
    }

    /// As this node has them in memory.
    CampaignSnapshots snapshots() {
        return snapshots;
    }

    /// What time does to campaigns.
    ///
    /// @param archiveRetention how long archived ones are kept
    AdvanceCampaigns advance(Duration archiveRetention) {
        return new AdvanceCampaigns(store.campaigns(), campaignChanges, archiveRetention);
    }

    CampaignGrpcService.UseCases campaigns(AudienceForecast forecast, LongCalls reads) {
        return new CampaignGrpcService.UseCases(
                new ManageCampaigns(store.campaigns(), campaignChanges),
                new ChangeCampaignState(store.campaigns(), campaignChanges, reviews),
                reviews,
                new ReviewReach(reviews, forecast, reads));
    }

    AudienceGrpcService.UseCases audiences(AudienceForecast forecast, LongCalls reads) {
        return new AudienceGrpcService.UseCases(
                new ManageAudiences(
                        store.audiences(), store.audienceUses(), audienceReview, changes),
                new ManageAudienceMembers(store.audiences(), reads, changes),
                new EstimateAudience(store.audiences(), snapshots, forecast, reads));
    }

    ManageChannelConfigurations configurations() {
        return new ManageChannelConfigurations(
                store.configurations(), store.configurationUses(), changes);
    }

    ManageRuleSets ruleSets() {
        return new ManageRuleSets(store.ruleSets(), store.ruleSetUses(), changes);
    }
}
