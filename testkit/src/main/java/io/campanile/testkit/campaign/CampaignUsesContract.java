package io.campanile.testkit.campaign;

import static io.campanile.testkit.campaign.CampaignBuilder.CREATED;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.PauseMode;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.use.CampaignUse;
import io.campanile.domain.use.CampaignUse.Tie;
import io.campanile.domain.use.Uses;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

/// What every [ConfigurationUses], [RuleSetUses] and
/// [io.campanile.application.audience.port.AudienceUses] must do.
public abstract class CampaignUsesContract extends CampaignsScene {
    @Test
    void findsWhoDependsOnAChannelConfiguration() {
        stored(campaign("a").over("mine").live());
        stored(campaign("b").over("mine").draft());
        stored(campaign("c").withDraft(aCampaign().over("mine").definition()).live());
        withRevision(campaign("d").live(), aCampaign().over("mine"));
        stored(campaign("e").over("mine").archived());

        assertThat(uses().uses(new ChannelConfigurationName(workspace, "mine")))
                .isEqualTo(
                        uses(
                                new CampaignUse("a", Tie.LIVE),
                                new CampaignUse("b", Tie.DRAFT),
                                new CampaignUse("c", Tie.DRAFT),
                                new CampaignUse("d", Tie.FORMER),
                                new CampaignUse("e", Tie.FORMER)));
        assertThat(uses().uses(new ChannelConfigurationName(workspace, "nobodys")))
                .isEqualTo(Uses.NONE);
    }

    @Test
    void findsCampaignsThatNameARuleSet() {
        stored(campaign("a").under("mine").live());
        stored(campaign("b").under("other", "mine").draft());
        stored(campaign("c").under("other").live());
        stored(campaign("d").under("mine").archived());
        stored(campaign("e").over("mine").live());

        assertThat(ruleSetUses().uses(new RuleSetName(workspace, "mine")))
                .isEqualTo(
                        uses(
                                new CampaignUse("a", Tie.LIVE),
                                new CampaignUse("b", Tie.DRAFT),
                                new CampaignUse("d", Tie.FORMER)));
        assertThat(ruleSetUses().uses(new RuleSetName(workspace, "nobodys"))).isEqualTo(Uses.NONE);
    }

    @Test
    void findsCampaignsThatHaveSomethingToSendUnderARevisionThatNames() {
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

        Uses expected =
                uses(
                        new CampaignUse("a", Tie.OPEN),
                        new CampaignUse("b", Tie.OPEN),
                        new CampaignUse("c", Tie.OPEN),
                        new CampaignUse("d", Tie.FORMER));
        assertThat(uses().uses(new ChannelConfigurationName(workspace, "mine")))
                .isEqualTo(expected);
        assertThat(ruleSetUses().uses(new RuleSetName(workspace, "mine"))).isEqualTo(expected);
        assertThat(expected.running().count()).isEqualTo(3);
    }

    @Test
    void findsCampaignsThatNeedAnAudience() {
        var readers =
                Audience.created(
                        new AudienceId(UUID.randomUUID()),
                        new AudienceName(workspace, "readers"),
                        new AudienceDefinition("", "", ""),
                        CREATED);
        CampaignBuilder naming = aCampaign().to("readers");
        stored(campaign("a").to("readers").paused(PauseMode.HOLD));
        stored(campaign("b").to("readers").draft());
        stored(campaign("c").withDraft(naming.definition()).live());
        withRevision(campaign("d").live(), naming);
        stored(campaign("e").to("readers").completed());
        stored(campaign("f").to("writers").live());
        keepWaiting(stored(campaign("g").live()).id(), readers.id());
        keepWaiting(stored(campaign("h").live()).id(), new AudienceId(UUID.randomUUID()));

        assertThat(audienceUses().uses(readers))
                .isEqualTo(
                        uses(
                                new CampaignUse("a", Tie.LIVE),
                                new CampaignUse("b", Tie.DRAFT),
                                new CampaignUse("c", Tie.DRAFT),
                                new CampaignUse("g", Tie.OPEN)));
    }

    private static Uses uses(CampaignUse... all) {
        return new Uses(List.of(all));
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
