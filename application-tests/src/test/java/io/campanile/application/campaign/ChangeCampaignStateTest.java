package io.campanile.application.campaign;

import static io.campanile.application.campaign.CampaignWorld.CALL;
import static io.campanile.application.campaign.CampaignWorld.NOON;
import static io.campanile.application.campaign.CampaignWorld.validateOnly;
import static io.campanile.application.campaign.CampaignWorld.withRequestId;
import static io.campanile.application.campaign.CampaignWorld.withVersion;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.channel.ChannelConfigurationResult;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.PauseMode;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationDecision;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.Finding;
import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

class ChangeCampaignStateTest {
    private static final ChannelConfigurationName MAIL =
            new ChannelConfigurationName(WorkspaceId.DEFAULT, "mail");

    private final CampaignWorld world = new CampaignWorld();

    @Test
    void activatesAndLetsThisNodeSeeItAtOnce() {
        CampaignName name = world.live();

        CampaignSnapshot snapshot = world.snapshots.findCached(name).orElseThrow();

        assertThat(snapshot.state()).isEqualTo(Campaign.State.LIVE);
        assertThat(snapshot.revision()).isEqualTo(1);
        assertThat(snapshot.retryWindow()).isEqualTo(Duration.ofHours(84));
    }

    @Test
    void namesWhatTheReviewFoundWhenItRefuses() {
        world.create(aCampaign().over("nobodys"), CALL);

        assertThat(world.state.activate(aCampaign().name(), CALL))
                .isInstanceOfSatisfying(
                        CampaignResult.Refused.class,
                        refused ->
                                assertThat(refused.refusal().findings())
                                        .extracting(Finding::code)
                                        .containsExactly(
                                                Finding.Code.CHANNEL_CONFIGURATION_UNKNOWN));
        assertThat(world.stored(aCampaign().name()).state()).isEqualTo(Campaign.State.DRAFT);
    }

    @Test
    void looksAtTheWorkspacesSchema() {
        var schema =
                new AttributeSchema(
                        List.of(new AttributeDefinition("firstName", AttributeType.STRING)), true);
        world.workspaces.update(
                new Workspace(
                        WorkspaceId.DEFAULT, "", NOON, false, false, ZoneOffset.UTC, "", schema));
        world.create(
                aCampaign()
                        .saying(
                                new EmailContent(
                                        "Hello", "", "", "Hello {{profile.fristName}}", "")),
                CALL);

        assertThat(world.state.activate(aCampaign().name(), CALL))
                .isInstanceOfSatisfying(
                        CampaignResult.Refused.class,
                        refused ->
                                assertThat(refused.refusal().findings())
                                        .filteredOn(Finding::isError)
                                        .extracting(Finding::code)
                                        .containsExactly(Finding.Code.PROFILE_ATTRIBUTE_UNKNOWN));
    }

    @Test
    void repeatsTheAnswerOfAnActivationWithTheSameRequestId() {
        world.create(aCampaign(), CALL);
        CampaignResult first = world.state.activate(aCampaign().name(), withRequestId("r", 1));

        assertThat(world.state.activate(aCampaign().name(), withRequestId("r", 1)))
                .isEqualTo(first);
    }

    @Test
    void holdsDeliveryWhilePaused() {
        CampaignName name = world.live();

        world.state.pause(name, PauseMode.HOLD, CALL);

        assertThat(world.campaigns.control(world.stored(name).id()))
                .contains(new CampaignControl(true, 1, CampaignControl.Delivery.HOLD));
        world.state.resume(name, CALL);
        assertThat(world.campaigns.control(world.stored(name).id()))
                .contains(new CampaignControl(true, 1, CampaignControl.Delivery.DELIVER));
    }

    @Test
    void acceptsTriggersByTheRevisionThatIsLive() {
        CampaignName name = world.live();
        world.manage.createDraft(name, CALL);

        world.state.activate(name, CALL);
        assertThat(world.campaigns.control(world.stored(name).id()))
                .contains(new CampaignControl(true, 2, CampaignControl.Delivery.DELIVER));

        world.state.pause(name, PauseMode.HOLD, CALL);
        world.state.rollBack(name, 1, CALL);
        assertThat(world.campaigns.control(world.stored(name).id()))
                .contains(new CampaignControl(true, 3, CampaignControl.Delivery.HOLD));
    }

    @Test
    void stopsWhateverEtagTheCallerHasSeenAndAnswersTheSameAgain() {
        CampaignName name = world.live();
        world.campaigns.openMessages(world.stored(name).id(), new StopCounts(91_200, 8));

        CampaignResult first = world.state.stop(name, withVersion(1));
        world.campaigns.openMessages(world.stored(name).id(), StopCounts.NONE);

        assertThat(first)
                .isInstanceOfSatisfying(
                        CampaignResult.Done.class,
                        done ->
                                assertThat(((Campaign.Stopped) done.campaign()).counts())
                                        .isEqualTo(new StopCounts(91_200, 8)));
        assertThat(world.state.stop(name, withVersion(1))).isEqualTo(first);
        assertThat(world.campaigns.control(world.stored(name).id()))
                .contains(new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL));
        assertThat(world.audited())
                .containsExactly(
                        AuditAction.CAMPAIGN_CREATED,
                        AuditAction.CAMPAIGN_ACTIVATED,
                        AuditAction.CAMPAIGN_STOPPED);
    }

    @Test
    void countsWithoutStoppingWhenOnlyValidating() {
        CampaignName name = world.live();
        Campaign before = world.stored(name);

        world.state.stop(name, validateOnly());

        assertThat(world.stored(name)).isEqualTo(before);
        assertThat(world.campaigns.control(before.id())).contains(before.control());
    }

    @Test
    void doesNotKnowARevisionThatNeverWas() {
        CampaignName name = world.live();

        assertThat(world.state.rollBack(name, 7, CALL))
                .isEqualTo(new CampaignResult.RevisionNotFound(name, 7));
    }

    @Test
    void startsCompletesAndPurgesWithTheClock() {
        var oneHour = new Schedule(NOON.plusSeconds(60), NOON.plusSeconds(3660));
        world.create(aCampaign().during(oneHour), CALL);
        CampaignName name = aCampaign().name();
        world.state.activate(name, CALL);

        world.clock.advance(Duration.ofMinutes(1));
        assertThat(world.advance.run()).isEqualTo(1);
        assertThat(world.stored(name).state()).isEqualTo(Campaign.State.LIVE);

        world.clock.advance(Duration.ofHours(1));
        assertThat(world.advance.run()).isEqualTo(1);
        assertThat(world.stored(name).state()).isEqualTo(Campaign.State.COMPLETED);

        world.state.archive(name, CALL);
        assertThat(world.advance.purge()).isZero();
        world.campaigns.keepMessage(world.stored(name).id());
        world.clock.advance(Duration.ofDays(31));
        assertThat(world.advance.purge()).isZero();
        world.campaigns.dropMessages();
        assertThat(world.advance.purge()).isEqualTo(1);
        assertThat(world.campaigns.find(name)).isEmpty();
        assertThat(world.snapshots.find(name)).isEqualTo(new CampaignLookup.Unknown());
        assertThat(world.audited())
                .containsExactly(
                        AuditAction.CAMPAIGN_CREATED,
                        AuditAction.CAMPAIGN_ACTIVATED,
                        AuditAction.CAMPAIGN_STARTED,
                        AuditAction.CAMPAIGN_COMPLETED,
                        AuditAction.CAMPAIGN_ARCHIVED,
                        AuditAction.CAMPAIGN_PURGED);
    }

    @Test
    void recordsWhatTheClockDidWhenACallComesFirst() {
        var oneHour = new Schedule(NOON.plusSeconds(60), NOON.plusSeconds(3660));
        world.create(aCampaign().during(oneHour), CALL);
        CampaignName name = aCampaign().name();
        world.state.activate(name, CALL);

        world.clock.advance(Duration.ofMinutes(1));
        world.state.pause(name, PauseMode.REFUSE, validateOnly());
        world.state.pause(name, PauseMode.REFUSE, CALL);
        world.state.resume(name, CALL);
        world.clock.advance(Duration.ofHours(1));
        world.state.archive(name, CALL);

        assertThat(world.advance.run()).isZero();
        assertThat(world.audited())
                .containsExactly(
                        AuditAction.CAMPAIGN_CREATED,
                        AuditAction.CAMPAIGN_ACTIVATED,
                        AuditAction.CAMPAIGN_STARTED,
                        AuditAction.CAMPAIGN_PAUSED,
                        AuditAction.CAMPAIGN_RESUMED,
                        AuditAction.CAMPAIGN_COMPLETED,
                        AuditAction.CAMPAIGN_ARCHIVED);
    }

    @Test
    void completesNothingByAClockThatHasJumpedUntilThatIsBelieved() {
        CampaignName name = overOnlyByAJumpedClock();

        assertThat(world.state.archive(name, CALL)).isInstanceOf(CampaignResult.Refused.class);
        world.state.pause(name, PauseMode.HOLD, CALL);
        world.state.resume(name, CALL);
        assertThat(world.stored(name).state()).isEqualTo(Campaign.State.LIVE);

        world.jumped.set(false);
        assertThat(world.state.archive(name, CALL)).isInstanceOf(CampaignResult.Done.class);
    }

    @Test
    void stopsWhatIsOverOnlyByAClockThatHasJumped() {
        CampaignName name = overOnlyByAJumpedClock();

        world.state.stop(name, CALL);

        assertThat(world.stored(name).state()).isEqualTo(Campaign.State.STOPPED);
        assertThat(world.campaigns.control(world.stored(name).id()))
                .contains(new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL));
    }

    @Test
    void holdsWhatAPausedCampaignKeepsBeyondItsEndUntilSomebodyResumesIt() {
        CampaignName name = pausedBeyondItsEnd();
        assertThat(world.stored(name).state()).isEqualTo(Campaign.State.COMPLETED);
        assertThat(world.campaigns.control(world.stored(name).id()))
                .contains(new CampaignControl(false, 1, CampaignControl.Delivery.HOLD));

        world.state.resume(name, CALL);

        assertThat(world.stored(name).state()).isEqualTo(Campaign.State.COMPLETED);
        assertThat(world.campaigns.control(world.stored(name).id()))
                .contains(new CampaignControl(false, 1, CampaignControl.Delivery.DELIVER));
    }

    @Test
    void cancelsWhatAPausedCampaignKeepsBeyondItsEndWhenSomebodyStopsIt() {
        CampaignName name = pausedBeyondItsEnd();
        assertThat(world.state.archive(name, CALL)).isInstanceOf(CampaignResult.Refused.class);

        world.state.stop(name, CALL);

        assertThat(world.stored(name).state()).isEqualTo(Campaign.State.STOPPED);
        assertThat(world.campaigns.control(world.stored(name).id()))
                .contains(new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL));
        assertThat(world.state.archive(name, CALL)).isInstanceOf(CampaignResult.Done.class);
    }

    private CampaignName endingInAMinute() {
        world.create(aCampaign().during(new Schedule(null, NOON.plusSeconds(60))), CALL);
        CampaignName name = aCampaign().name();
        world.state.activate(name, CALL);
        return name;
    }

    private CampaignName overOnlyByAJumpedClock() {
        CampaignName name = endingInAMinute();
        world.clock.advance(Duration.ofDays(365));
        world.jumped.set(true);
        return name;
    }

    private CampaignName pausedBeyondItsEnd() {
        CampaignName name = endingInAMinute();
        world.state.pause(name, PauseMode.HOLD, CALL);
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(world.advance.run()).isEqualTo(1);
        return name;
    }

    @Test
    void seesAChangeOfAnotherNodeAfterLostNotificationsAtTheNextLook() {
        CampaignName name = world.live();
        var otherNode =
                new CampaignSnapshots(
                        world.campaigns, world.configurations, world.workspaces, world.signal);
        otherNode.refresh();
        world.signal.loseNotifications();

        world.state.pause(name, PauseMode.REFUSE, CALL);
        otherNode.refresh();

        assertThat(otherNode.findCached(name).orElseThrow().state())
                .isEqualTo(Campaign.State.PAUSED);
    }

    @Test
    void keepsOldRevisionsForTheMessagesAcceptedUnderThem() {
        CampaignName name = world.live();
        var source =
                new RevisionSource(
                        world.campaigns,
                        content -> _ -> new RenderedEmail(content.subject(), "", "", ""),
                        world.snapshots::version,
                        1);
        CampaignDefinition first = aCampaign().definition();
        CampaignDefinition second =
                aCampaign().during(new Schedule(null, NOON.plusSeconds(3600))).definition();
        world.manage.createDraft(name, CALL);
        world.manage.update(name, edit -> new CampaignEdit(edit.properties(), second), CALL);
        world.state.activate(name, CALL);

        CampaignId id = world.stored(name).id();
        assertThat(source.revision(id, 1).orElseThrow().definition())
                .isEqualTo(first.withoutContent());
        assertThat(source.revision(id, 2).orElseThrow().definition())
                .isEqualTo(second.withoutContent());
        assertThat(source.revision(id, 3)).isEmpty();
    }

    @Test
    void keepsAChannelConfigurationThatACampaignUses() {
        world.live();

        assertThat(world.channels.deactivate(MAIL, CALL))
                .isInstanceOfSatisfying(
                        ChannelConfigurationResult.Refused.class,
                        refused ->
                                assertThat(refused.refusal().reason())
                                        .isEqualTo(
                                                ConfigurationDecision.Reason
                                                        .CHANNEL_CONFIGURATION_IN_USE));
        world.channels.pause(MAIL, CALL);
        assertThat(world.configurations.find(MAIL).orElseThrow().state())
                .isEqualTo(ChannelConfiguration.State.PAUSED);
    }
}
