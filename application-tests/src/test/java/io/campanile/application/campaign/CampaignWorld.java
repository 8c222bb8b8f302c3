package io.campanile.application.campaign;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.audience.AudienceReview;
import io.campanile.application.channel.ManageChannelConfigurations;
import io.campanile.application.store.NodeClock;
import io.campanile.application.store.RequestId;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudienceRules;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.content.InMemoryHtmlReader;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.ruleset.InMemoryRuleSets;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.SettableTime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The use cases of campaigns over the fakes, with one active channel configuration, `mail`.
final class CampaignWorld {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);

    final SettableTime clock = new SettableTime(NOON);
    final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    final InMemoryChannelConfigurations configurations = new InMemoryChannelConfigurations();
    final InMemoryAuditEntries audit = new InMemoryAuditEntries();
    final InMemoryChangeSignal signal = new InMemoryChangeSignal();
    final InMemoryWorkspaces workspaces = new InMemoryWorkspaces();
    final CampaignSnapshots snapshots =
            new CampaignSnapshots(campaigns, configurations, workspaces, signal);
    final InMemoryRuleSets ruleSets = new InMemoryRuleSets();
    final InMemoryAudiences audiences = new InMemoryAudiences(new InMemoryProfiles());
    final ReviewCampaign review =
            new ReviewCampaign(
                    campaigns,
                    configurations,
                    ruleSets,
                    new AudienceReview(audiences, new InMemoryAudienceRules(), workspaces),
                    workspaces,
                    new InMemoryHtmlReader(),
                    clock);
    final Changes audited = InMemoryChanges.of(audit, signal, clock);
    final AtomicBoolean jumped = new AtomicBoolean();
    final CampaignChanges changes =
            new CampaignChanges(
                    campaigns,
                    campaigns,
                    audited,
                    snapshots,
                    new NodeClock(clock, () -> false, jumped::get));
    final ManageCampaigns manage = new ManageCampaigns(campaigns, changes);
    final ChangeCampaignState state = new ChangeCampaignState(campaigns, changes, review);
    final ManageChannelConfigurations channels =
            new ManageChannelConfigurations(configurations, campaigns, audited);
    final AdvanceCampaigns advance = new AdvanceCampaigns(campaigns, changes, Duration.ofDays(30));

    CampaignWorld() {
        configurations.insert(aChannelConfiguration().build());
    }

    /// Creates a campaign through the use case.
    CampaignResult create(CampaignBuilder campaign, ChangeCall call) {
        Campaign.Draft draft = campaign.draft();
        return manage.create(
                draft.name(),
                draft.header().category(),
                campaign.properties(),
                campaign.definition(),
                call);
    }

    /// A campaign that was created and activated.
    CampaignName live() {
        CampaignBuilder campaign = aCampaign();
        create(campaign, CALL);
        state.activate(campaign.name(), CALL);
        return campaign.name();
    }

    Campaign stored(CampaignName name) {
        return campaigns.find(name).orElseThrow();
    }

    List<AuditAction> audited() {
        return audit.all().stream().map(AuditEntry::action).toList();
    }

    static ChangeCall withRequestId(String id, int digest) {
        return new ChangeCall(
                Actor.SYSTEM, new RequestId(id, new byte[] {(byte) digest}), null, false);
    }

    static ChangeCall withVersion(long version) {
        return new ChangeCall(Actor.SYSTEM, null, version, false);
    }

    static ChangeCall validateOnly() {
        return new ChangeCall(Actor.SYSTEM, null, null, true);
    }
}
