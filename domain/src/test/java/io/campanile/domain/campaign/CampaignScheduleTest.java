package io.campanile.domain.campaign;

import static io.campanile.domain.campaign.DefinitionBuilder.aDefinition;
import static io.campanile.domain.campaign.TestCampaigns.NOON;
import static io.campanile.domain.campaign.TestCampaigns.SOMEBODY;
import static io.campanile.domain.campaign.TestCampaigns.changed;
import static io.campanile.domain.campaign.TestCampaigns.draft;
import static io.campanile.domain.campaign.TestCampaigns.first;
import static io.campanile.domain.campaign.TestCampaigns.inState;
import static io.campanile.domain.campaign.TestCampaigns.outcome;
import static io.campanile.domain.campaign.TestCampaigns.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.Campaign.State;

import org.junit.jupiter.api.Test;

import java.util.List;

class CampaignScheduleTest {
    @Test
    void activatesAheadOfItsStartAsScheduled() {
        Campaign.Draft draft = draft(new Schedule(NOON.plusSeconds(1), null));

        Campaign scheduled = changed(draft, new CampaignCommand.Activate(List.of(), SOMEBODY));

        assertThat(scheduled.state()).isEqualTo(State.SCHEDULED);
        assertThat(scheduled.asOf(NOON).state()).isEqualTo(State.SCHEDULED);
        assertThat(scheduled.asOf(NOON.plusSeconds(1)).state()).isEqualTo(State.LIVE);
    }

    @Test
    void mendsWhatHasNotStarted() {
        Campaign ahead = changed(inState("SCHEDULED"), new CampaignCommand.CreateDraft());
        var later = aDefinition().during(new Schedule(NOON.plusSeconds(120), null)).build();
        Campaign edited = changed(ahead, new CampaignCommand.Update(properties(), later));
        assertThat(edited.asOf(NOON.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        Campaign.Live.class, live -> assertThat(live.draft()).isEqualTo(later));

        Campaign again = changed(edited, new CampaignCommand.Activate(List.of(), SOMEBODY));

        assertThat(again)
                .isInstanceOfSatisfying(
                        Campaign.Scheduled.class,
                        scheduled -> {
                            assertThat(scheduled.live())
                                    .isEqualTo(new Revision(2, later, NOON, SOMEBODY, 0));
                            assertThat(scheduled.draft()).isNull();
                        });
        assertThat(again.asOf(NOON.plusSeconds(60)).state()).isEqualTo(State.SCHEDULED);
    }

    @Test
    void completesAtItsEndWhetherLivePausedOrNeverStarted() {
        var untilNoon = new Schedule(NOON.minusSeconds(9), NOON);
        var header = draft(untilNoon).header();
        Revision revision = first(untilNoon);

        List<Campaign> campaigns =
                List.of(
                        new Campaign.Live(header, revision, null),
                        new Campaign.Paused(header, revision, null, PauseMode.HOLD),
                        new Campaign.Scheduled(header, revision, null));

        assertThat(campaigns)
                .extracting(campaign -> campaign.asOf(NOON).state())
                .containsOnly(State.COMPLETED);
    }

    @Test
    void sendsNothingOfAPausedCampaignByEndingIt() {
        var untilNoon = new Schedule(null, NOON);
        Revision revision = first(untilNoon);
        var paused =
                new Campaign.Paused(draft(untilNoon).header(), revision, null, PauseMode.REFUSE);

        Campaign ended = paused.asOf(NOON);
        assertThat(ended.control())
                .isEqualTo(new CampaignControl(false, 1, CampaignControl.Delivery.HOLD));
        assertThat(changed(ended, new CampaignCommand.Resume()).control())
                .isEqualTo(new CampaignControl(false, 1, CampaignControl.Delivery.DELIVER));
        assertThat(changed(ended, new CampaignCommand.Stop(StopCounts.NONE)).control())
                .isEqualTo(new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL));
    }

    @Test
    void leavesItToTheCallerWhetherTheClockActsBeforeTheCall() {
        var untilNoon = new Schedule(null, NOON);
        var live = new Campaign.Live(draft(untilNoon).header(), first(untilNoon), null);
        var archive = new CampaignCommand.Archive();

        assertThat(changed(live.asOf(NOON), archive).state()).isEqualTo(State.ARCHIVED);
        assertThat(outcome(CampaignLifecycle.decide(live, archive, NOON))).isEqualTo("-");
    }
}
