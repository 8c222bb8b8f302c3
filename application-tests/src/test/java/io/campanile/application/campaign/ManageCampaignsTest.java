package io.campanile.application.campaign;

import static io.campanile.application.campaign.CampaignWorld.CALL;
import static io.campanile.application.campaign.CampaignWorld.validateOnly;
import static io.campanile.application.campaign.CampaignWorld.withRequestId;
import static io.campanile.application.campaign.CampaignWorld.withVersion;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.CampaignRefusal;
import io.campanile.domain.campaign.Difference;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.util.List;

class ManageCampaignsTest {
    private final CampaignWorld world = new CampaignWorld();

    @Test
    void createsADraftWithItsControlRowAndAuditEntry() {
        var result = (CampaignResult.Done) world.create(aCampaign(), CALL);

        assertThat(world.stored(result.campaign().name())).isEqualTo(result.campaign());
        assertThat(world.campaigns.control(result.campaign().id()))
                .contains(result.campaign().control());
        assertThat(world.audited()).containsExactly(AuditAction.CAMPAIGN_CREATED);
    }

    @Test
    void refusesATakenId() {
        world.create(aCampaign(), CALL);

        assertThat(world.create(aCampaign(), CALL))
                .isEqualTo(new CampaignResult.Exists(aCampaign().name()));
    }

    @Test
    void createsOnceForARequestIdAndAnswersWithTheCampaignAsItIs() {
        CampaignResult first = world.create(aCampaign(), withRequestId("r", 1));

        assertThat(world.create(aCampaign(), withRequestId("r", 1))).isEqualTo(first);
        assertThat(world.create(aCampaign().named("b"), withRequestId("r", 2)))
                .isInstanceOf(CampaignResult.RequestIdReused.class);
        assertThat(world.audited()).hasSize(1);
    }

    @Test
    void keepsNoRequestIdOfACallWithoutEffect() {
        world.create(aCampaign(), CALL);
        world.create(aCampaign(), withRequestId("r", 1));

        assertThat(world.create(aCampaign().named("b"), withRequestId("r", 2)))
                .isInstanceOf(CampaignResult.Done.class);
    }

    @Test
    void changesNothingWhenOnlyValidating() {
        assertThat(world.create(aCampaign(), validateOnly()))
                .isInstanceOf(CampaignResult.Done.class);
        assertThat(world.campaigns.find(aCampaign().name())).isEmpty();
        assertThat(world.audited()).isEmpty();
    }

    @Test
    void letsTheFirstOfTwoAuthorsWin() {
        world.create(aCampaign(), CALL);
        CampaignName name = aCampaign().name();
        long seen = world.stored(name).version();

        assertThat(world.manage.update(name, edit -> edit, withVersion(seen)))
                .isInstanceOf(CampaignResult.Done.class);
        assertThat(world.manage.update(name, edit -> edit, withVersion(seen)))
                .isEqualTo(new CampaignResult.EtagMismatch(world.stored(name)));
    }

    @Test
    void renamesALiveCampaignAndAsksForADraftToChangeItsContent() {
        CampaignName name = world.live();
        var other = aCampaign().over("other").definition();

        var renamed =
                world.manage.update(
                        name,
                        edit ->
                                new CampaignEdit(
                                        aCampaign().displayName("New").properties(), edit.draft()),
                        CALL);
        var changed =
                world.manage.update(name, edit -> new CampaignEdit(edit.properties(), other), CALL);

        assertThat(renamed).isInstanceOf(CampaignResult.Done.class);
        assertThat(world.stored(name).header().properties().displayName()).isEqualTo("New");
        assertThat(changed)
                .isInstanceOfSatisfying(
                        CampaignResult.Refused.class,
                        refused ->
                                assertThat(refused.refusal().reason())
                                        .isEqualTo(CampaignRefusal.Reason.CAMPAIGN_DRAFT_MISSING));
    }

    @Test
    void comparesRevisionsWithTheOneBefore() {
        CampaignName name = world.live();
        world.manage.createDraft(name, CALL);
        world.manage.update(
                name,
                edit ->
                        new CampaignEdit(
                                edit.properties(), aCampaign().during(later()).definition()),
                CALL);
        world.state.activate(name, CALL);

        List<RevisionView> views =
                world.manage.revisions(name, Integer.MAX_VALUE, 10).orElseThrow();

        assertThat(views).extracting(view -> view.revision().number()).containsExactly(2, 1);
        assertThat(views.getFirst().differences())
                .containsExactly(new Difference("end_time", "none became 2026-03-01T13:00:00Z"));
        assertThat(views.getLast().differences()).isEmpty();
    }

    @Test
    void duplicatesIntoADraft() {
        CampaignName name = world.live();
        var copy = new CampaignName(WorkspaceId.DEFAULT, "copy");

        assertThat(world.manage.duplicate(name, copy, "Copy", CALL))
                .isInstanceOf(CampaignResult.Done.class);
        assertThat(world.stored(copy).state()).isEqualTo(Campaign.State.DRAFT);
        assertThat(world.manage.duplicate(name, copy, "", CALL))
                .isEqualTo(new CampaignResult.Exists(copy));
    }

    @Test
    void listsArchivedCampaignsOnlyWhenAskedForStates() {
        CampaignName name = world.live();
        world.state.stop(name, CALL);
        world.state.archive(name, CALL);

        assertThat(listed("")).isEmpty();
        assertThat(listed("state = ARCHIVED")).containsExactly(name);
    }

    @Test
    void findsCampaignsByTheNameOfTheirChannelConfigurationOrItsLastPart() {
        CampaignName name = world.live();

        assertThat(listed("channel_configuration = mail")).containsExactly(name);
        assertThat(
                        listed(
                                "channel_configuration ="
                                        + " \"workspaces/default/channelConfigurations/mail\""))
                .containsExactly(name);
        assertThat(listed("NOT (channel_configuration = x OR channel_configuration = mail)"))
                .isEmpty();
    }

    @Test
    void saysWhatOfAListCallIsWrong() {
        for (String filter :
                List.of(
                        "colour = red",
                        "channel_configuration ="
                                + " \"workspaces/other/channelConfigurations/mail\"")) {
            assertThat(world.manage.list(WorkspaceId.DEFAULT, new ListRequest(filter, "", 0, "")))
                    .isInstanceOf(Page.Invalid.class);
        }
    }

    private List<CampaignName> listed(String filter) {
        var page = world.manage.list(WorkspaceId.DEFAULT, new ListRequest(filter, "", 0, ""));
        return ((Page.Found<Campaign>) page).entries().stream().map(Campaign::name).toList();
    }

    private static Schedule later() {
        return new Schedule(null, CampaignWorld.NOON.plusSeconds(3600));
    }
}
