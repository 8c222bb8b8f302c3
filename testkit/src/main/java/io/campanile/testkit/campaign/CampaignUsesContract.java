package io.campanile.testkit.campaign;

import static io.campanile.testkit.campaign.CampaignBuilder.CREATED;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationLifecycle.Use;
import io.campanile.domain.ruleset.RuleSetLifecycle;
import io.campanile.domain.ruleset.RuleSetName;

import org.junit.jupiter.api.Test;

/// What every [ConfigurationUses] and [RuleSetUses] must do.
public abstract class CampaignUsesContract extends CampaignsScene {
    @Test
    void countsWhoDependsOnAChannelConfiguration() {
        stored(campaign("a").over("mine").live());
        stored(campaign("b").over("mine").draft());
        stored(campaign("c").withDraft(aCampaign().over("mine").definition()).live());
        withRevision(campaign("d").live(), aCampaign().over("mine"));
        stored(campaign("e").over("mine").archived());

        assertThat(uses().use(new ChannelConfigurationName(workspace, "mine")))
                .isEqualTo(new Use(5, 1));
        assertThat(uses().use(new ChannelConfigurationName(workspace, "nobodys")))
                .isEqualTo(Use.NONE);
    }

    @Test
    void countsCampaignsThatNameARuleSet() {
        stored(campaign("a").under("mine").live());
        stored(campaign("b").under("other", "mine").draft());
        stored(campaign("c").under("other").live());
        stored(campaign("d").under("mine").archived());
        stored(campaign("e").over("mine").live());

        assertThat(ruleSetUses().use(new RuleSetName(workspace, "mine")))
                .isEqualTo(new RuleSetLifecycle.Use(3, 1));
        assertThat(ruleSetUses().use(new RuleSetName(workspace, "nobodys")))
                .isEqualTo(RuleSetLifecycle.Use.NONE);
    }

    @Test
    void countsCampaignsThatHaveSomethingToSendUnderARevisionThatNames() {
        CampaignBuilder naming = aCampaign().over("mine").under("mine");
        CampaignId over = stored(campaign("a").over("mine").under("mine").completed()).id();
        CampaignId writing = withRevision(campaign("b").archived(), naming);
        CampaignId moved = withRevision(campaign("c").live(), naming);
        CampaignId done = withRevision(campaign("d").live(), naming);
        keepOpenMessage(over, 1);
        keepBroadcast(writing, 2);
        keepOpenMessage(moved, 2);
        keepOpenMessage(done, 1);
        keepBroadcast(done, 1);

        assertThat(uses().use(new ChannelConfigurationName(workspace, "mine")))
                .isEqualTo(new Use(4, 3));
        assertThat(ruleSetUses().use(new RuleSetName(workspace, "mine")))
                .isEqualTo(new RuleSetLifecycle.Use(4, 3));
    }

    private CampaignId withRevision(Campaign campaign, CampaignBuilder second) {
        stored(campaign);
        campaigns()
                .addRevision(
                        campaign.id(),
                        new Revision(2, second.definition(), CREATED, Actor.SYSTEM, 0));
        return campaign.id();
    }
}
