package io.campanile.domain.campaign;

import static io.campanile.domain.campaign.TestCampaigns.NOON;
import static io.campanile.domain.campaign.TestCampaigns.SOMEBODY;
import static io.campanile.domain.campaign.TestCampaigns.changed;
import static io.campanile.domain.campaign.TestCampaigns.inState;
import static io.campanile.domain.campaign.TestCampaigns.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.CampaignCommand.Action;
import io.campanile.domain.campaign.CampaignRefusal.Reason;
import io.campanile.domain.content.Finding;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.UUID;

class CampaignCommandTest {
    @Test
    void refusesWhatTheReviewFindsWrongAndNamesTheErrorsOnly() {
        Finding error = finding(Finding.Level.ERROR);
        Finding warning = finding(Finding.Level.WARNING);
        var activate = new CampaignCommand.Activate(List.of(warning, error), SOMEBODY);

        assertThat(CampaignLifecycle.decide(inState("DRAFT"), activate, NOON))
                .isInstanceOfSatisfying(
                        CampaignDecision.Refused.class,
                        refused -> {
                            assertThat(refused.refusal().reason())
                                    .isEqualTo(Reason.CAMPAIGN_REVIEW_FAILED);
                            assertThat(refused.refusal().findings()).containsExactly(error);
                        });
        assertThat(
                        outcome(
                                CampaignLifecycle.decide(
                                        inState("DRAFT"),
                                        new CampaignCommand.Activate(List.of(warning), SOMEBODY),
                                        NOON)))
                .isEqualTo("LIVE");
    }

    @Test
    void countsRevisionsWithoutGapsAndRemembersWhatARollbackRepeats() {
        Campaign second =
                changed(inState("LIVE+DRAFT"), new CampaignCommand.Activate(List.of(), SOMEBODY));
        Revision first = ((Campaign.Live) inState("LIVE")).live();

        Campaign third = changed(second, new CampaignCommand.Rollback(first, List.of(), SOMEBODY));

        assertThat(((Campaign.Live) second).live().number()).isEqualTo(2);
        assertThat(((Campaign.Live) second).draft()).isNull();
        assertThat(((Campaign.Live) third).live())
                .isEqualTo(new Revision(3, first.definition(), NOON, SOMEBODY, 1));
    }

    @Test
    void raisesTheVersionWithEveryChange() {
        Campaign live = inState("LIVE");

        assertThat(changed(live, new CampaignCommand.CreateDraft()).version())
                .isEqualTo(live.version() + 1);
    }

    @Test
    void pausesInAnotherModeWithoutSendingAnythingAndInTheSameOnceOnly() {
        Campaign holding = inState("PAUSED+DRAFT");
        Campaign refusing = changed(holding, new CampaignCommand.Pause(PauseMode.REFUSE));

        assertThat(refusing.pause()).isEqualTo(PauseMode.REFUSE);
        assertThat(refusing.draft()).isEqualTo(holding.draft());
        assertThat(refusing.control())
                .isEqualTo(new CampaignControl(false, 1, CampaignControl.Delivery.HOLD));
        assertThat(
                        CampaignLifecycle.decide(
                                refusing, new CampaignCommand.Pause(PauseMode.REFUSE), NOON))
                .isEqualTo(new CampaignDecision.Unchanged(refusing));
        assertThat(CampaignLifecycle.availableActions(refusing, NOON)).contains(Action.PAUSE);
    }

    @Test
    void answersARepeatedStopWithTheFirstCounts() {
        var counts = new StopCounts(91_200, 8);
        Campaign stopped = changed(inState("LIVE"), new CampaignCommand.Stop(counts));

        assertThat(
                        CampaignLifecycle.decide(
                                stopped, new CampaignCommand.Stop(StopCounts.NONE), NOON))
                .isEqualTo(new CampaignDecision.Unchanged(stopped));
        assertThat(((Campaign.Stopped) stopped).counts()).isEqualTo(counts);
    }

    @Test
    void duplicatesTheNewestDefinitionAndTheTags() {
        var name = new CampaignName(WorkspaceId.DEFAULT, "copy");
        var duplicate = new CampaignCommand.Duplicate(new CampaignId(new UUID(0, 9)), name, "Copy");

        var decision =
                (CampaignDecision.Duplicated)
                        CampaignLifecycle.decide(inState("LIVE+DRAFT"), duplicate, NOON);

        assertThat(decision.copy().definition().channelConfiguration()).isEqualTo("draft-mail");
        assertThat(decision.copy().header().properties())
                .isEqualTo(new CampaignProperties("Copy", "", List.of("shop")));
        assertThat(decision.copy().version()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void callsACopyLikeTheOriginalWhenNoNameIsGiven(String displayName) {
        var name = new CampaignName(WorkspaceId.DEFAULT, "copy");
        var duplicate =
                new CampaignCommand.Duplicate(new CampaignId(new UUID(0, 9)), name, displayName);

        var decision =
                (CampaignDecision.Duplicated)
                        CampaignLifecycle.decide(inState("LIVE"), duplicate, NOON);

        assertThat(decision.copy().header().properties())
                .isEqualTo(inState("LIVE").header().properties());
    }

    @Test
    void goesOnDeliveringWhenArchivedUnlessItWasStopped() {
        assertThat(changed(inState("COMPLETED"), new CampaignCommand.Archive()).control())
                .isEqualTo(new CampaignControl(false, 1, CampaignControl.Delivery.DELIVER));
        assertThat(changed(inState("STOPPED"), new CampaignCommand.Archive()).control())
                .isEqualTo(new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL));
    }

    private static Finding finding(Finding.Level level) {
        return new Finding(
                level, Finding.Code.SUBJECT_EMPTY, "content.subject", "No.", "Write it.");
    }
}
