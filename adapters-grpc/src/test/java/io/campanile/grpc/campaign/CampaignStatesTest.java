package io.campanile.grpc.campaign;

import static io.campanile.grpc.testing.CampaignCalls.DRAFT;
import static io.campanile.grpc.testing.CampaignCalls.SALE;
import static io.campanile.grpc.testing.CampaignCalls.activate;
import static io.campanile.grpc.testing.CampaignCalls.archive;
import static io.campanile.grpc.testing.CampaignCalls.core;
import static io.campanile.grpc.testing.CampaignCalls.draft;
import static io.campanile.grpc.testing.CampaignCalls.duplicate;
import static io.campanile.grpc.testing.CampaignCalls.pause;
import static io.campanile.grpc.testing.CampaignCalls.resume;
import static io.campanile.grpc.testing.CampaignCalls.sale;
import static io.campanile.grpc.testing.CampaignCalls.saying;
import static io.campanile.grpc.testing.CampaignCalls.stop;
import static io.campanile.grpc.testing.CampaignCalls.update;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.TestCampaigns.RECEIPT;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;

import io.campanile.domain.access.Role;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignContract;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.CampaignRevision;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.ContractField;
import io.campanile.v1.DiscardDraftRequest;
import io.campanile.v1.GetCampaignContractRequest;
import io.campanile.v1.GetCampaignRequest;
import io.campanile.v1.GetCampaignRevisionRequest;
import io.campanile.v1.ListCampaignRevisionsRequest;
import io.campanile.v1.ListCampaignsRequest;
import io.campanile.v1.PauseCampaignRequest;
import io.campanile.v1.PauseCampaignResponse;
import io.campanile.v1.RevisionDifference;
import io.campanile.v1.RollbackCampaignRequest;
import io.campanile.v1.StopCampaignResponse;
import io.campanile.v1.UpdateCampaignRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `CampaignService` again: what moves a campaign from state to state.
class CampaignStatesTest {
    private static final Campaign LIVE =
            Campaign.newBuilder()
                    .setName(SALE)
                    .setState(Campaign.State.STATE_LIVE)
                    .setLive(DRAFT)
                    .setLiveRevision(SALE + "/revisions/1")
                    .build();
    private static final PauseCampaignRequest REFUSE =
            pause(SALE).toBuilder().setMode(Campaign.PauseMode.PAUSE_MODE_REFUSE).build();

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final CampaignServiceGrpc.CampaignServiceBlockingStub campaigns =
            world.stub(CampaignServiceGrpc::newBlockingStub, Role.OWNER);

    @Test
    void goesLive() {
        campaigns.createCampaign(sale().build());

        assertThat(core(campaigns.activateCampaign(activate(SALE)))).isEqualTo(LIVE);
    }

    @Test
    void pausesAndTellsWhatIsHeld() {
        goLive();
        openMessages("sale", new StopCounts(7, 2));

        PauseCampaignResponse paused = campaigns.pauseCampaign(pause(SALE));

        assertThat(paused.getHeldCount()).isEqualTo(7);
        assertThat(paused.getInHandOverCount()).isEqualTo(2);
        assertThat(core(paused.getCampaign()))
                .isEqualTo(
                        LIVE.toBuilder()
                                .setState(Campaign.State.STATE_PAUSED)
                                .setPauseMode(Campaign.PauseMode.PAUSE_MODE_HOLD)
                                .build());
        assertThat(campaigns.pauseCampaign(pause(SALE))).isEqualTo(paused);
    }

    @Test
    void changesFromHoldingToRefusing() {
        goLive();
        openMessages("sale", new StopCounts(7, 2));
        campaigns.pauseCampaign(pause(SALE));

        PauseCampaignResponse refusing = campaigns.pauseCampaign(REFUSE);

        assertThat(refusing.getHeldCount()).isEqualTo(7);
        assertThat(refusing.getCampaign().getPauseMode())
                .isEqualTo(Campaign.PauseMode.PAUSE_MODE_REFUSE);
    }

    @Test
    void resumesAsItWas() {
        goLive();
        campaigns.pauseCampaign(pause(SALE));
        campaigns.pauseCampaign(REFUSE);

        assertThat(core(campaigns.resumeCampaign(resume(SALE)))).isEqualTo(LIVE);
    }

    @Test
    void stopsAndTellsForEverWhatWasOpenThen() {
        goLive();
        openMessages("sale", new StopCounts(5, 1));

        StopCampaignResponse stopped = campaigns.stopCampaign(stop(SALE));

        assertThat(stopped)
                .isEqualTo(
                        StopCampaignResponse.newBuilder()
                                .setCampaign(get(SALE))
                                .setToCancelCount(5)
                                .setInHandOverCount(1)
                                .build());
        assertThat(core(stopped.getCampaign()))
                .isEqualTo(LIVE.toBuilder().setState(Campaign.State.STATE_STOPPED).build());
        openMessages("sale", StopCounts.NONE);
        assertThat(campaigns.stopCampaign(stop(SALE))).isEqualTo(stopped);
    }

    @Test
    void isArchivedOnceStopped() {
        goLive();
        campaigns.stopCampaign(stop(SALE));

        assertThat(core(campaigns.archiveCampaign(archive(SALE))))
                .isEqualTo(LIVE.toBuilder().setState(Campaign.State.STATE_ARCHIVED).build());
    }

    /// What a pause counted before says nothing of what is open when it stops.
    @Test
    void stopsAfterAPause() {
        goLive();
        openMessages("sale", new StopCounts(7, 2));
        campaigns.pauseCampaign(pause(SALE));
        campaigns.resumeCampaign(resume(SALE));
        openMessages("sale", new StopCounts(5, 1));

        StopCampaignResponse stopped = campaigns.stopCampaign(stop(SALE));

        assertThat(stopped.getToCancelCount()).isEqualTo(5);
        assertThat(stopped.getInHandOverCount()).isEqualTo(1);
    }

    private void goLive() {
        campaigns.createCampaign(sale().build());
        campaigns.activateCampaign(activate(SALE));
    }

    @Test
    void putsADraftLiveAndTellsTheDifferenceAndGoesBack() {
        CampaignDefinition before = get(RECEIPT).getLive();
        Campaign drafted = campaigns.createDraft(draft(RECEIPT));
        assertThat(drafted.getDraft()).isEqualTo(before);
        changeSubject(RECEIPT, "Your new order");

        Campaign second = campaigns.activateCampaign(activate(RECEIPT));
        var revisions =
                campaigns
                        .listCampaignRevisions(
                                ListCampaignRevisionsRequest.newBuilder()
                                        .setParent(RECEIPT)
                                        .build())
                        .getRevisionsList();
        Campaign back =
                campaigns.rollbackCampaign(
                        RollbackCampaignRequest.newBuilder()
                                .setName(RECEIPT)
                                .setRevision(RECEIPT + "/revisions/1")
                                .build());

        CampaignRevision first = revision(RECEIPT + "/revisions/1");

        assertThat(second.hasDraft()).isFalse();
        assertThat(second.getLiveRevision()).isEqualTo(RECEIPT + "/revisions/2");
        assertThat(revisions)
                .containsExactly(
                        CampaignRevision.newBuilder()
                                .setName(RECEIPT + "/revisions/2")
                                .setNumber(2)
                                .setCreateTime(second.getUpdateTime())
                                .setCreator(revisions.getFirst().getCreator())
                                .addDifferences(
                                        RevisionDifference.newBuilder()
                                                .setField("content.email.subject")
                                                .setDescription(
                                                        "\"Your order\" became \"Your new order\""))
                                .build(),
                        CampaignRevision.newBuilder()
                                .setName(RECEIPT + "/revisions/1")
                                .setNumber(1)
                                .setCreateTime(revisions.getLast().getCreateTime())
                                .build());
        assertThat(first)
                .isEqualTo(
                        revisions.getLast().toBuilder()
                                .setDefinition(
                                        before.toBuilder()
                                                .clearDisplayName()
                                                .clearDescription()
                                                .clearTags()
                                                .clearCategory())
                                .build());
        assertThat(revision(RECEIPT + "/revisions/3").getDefinition())
                .isEqualTo(first.getDefinition());
        assertThat(revision(RECEIPT + "/revisions/2").getDifferencesList())
                .isEqualTo(revisions.getFirst().getDifferencesList());
        assertThat(back.getLive()).isEqualTo(before);
        assertThat(back.getLiveRevision()).isEqualTo(RECEIPT + "/revisions/3");
    }

    @Test
    void discardsADraft() {
        Campaign before = get(RECEIPT);
        campaigns.createDraft(draft(RECEIPT));

        Campaign discarded =
                campaigns.discardDraft(DiscardDraftRequest.newBuilder().setName(RECEIPT).build());

        assertThat(core(discarded)).isEqualTo(core(before));
    }

    @Test
    void duplicatesWhatIsLive() {
        Campaign original = get(RECEIPT);

        Campaign copy = campaigns.duplicateCampaign(duplicate().setDisplayName("Copy").build());

        assertThat(core(copy))
                .isEqualTo(
                        Campaign.newBuilder()
                                .setName(SALE)
                                .setState(Campaign.State.STATE_DRAFT)
                                .setDraft(original.getLive().toBuilder().setDisplayName("Copy"))
                                .build());
        assertThat(get(SALE)).isEqualTo(copy);
    }

    @Test
    void answersAValidationAsItWouldTheCallAndChangesNothing() {
        Map<String, Function<Boolean, Campaign>> calls = new LinkedHashMap<>();
        calls.put("create", only -> campaigns.createCampaign(sale().setValidateOnly(only).build()));
        calls.put(
                "update",
                only ->
                        campaigns.updateCampaign(
                                update(SALE, "New").setValidateOnly(only).build()));
        calls.put(
                "activate",
                only ->
                        campaigns.activateCampaign(
                                activate(SALE).toBuilder().setValidateOnly(only).build()));
        calls.put(
                "create draft",
                only ->
                        campaigns.createDraft(
                                draft(SALE).toBuilder().setValidateOnly(only).build()));
        calls.put(
                "pause",
                only ->
                        campaigns
                                .pauseCampaign(
                                        pause(SALE).toBuilder().setValidateOnly(only).build())
                                .getCampaign());
        calls.put(
                "resume",
                only ->
                        campaigns.resumeCampaign(
                                resume(SALE).toBuilder().setValidateOnly(only).build()));
        calls.put(
                "stop",
                only ->
                        campaigns
                                .stopCampaign(stop(SALE).toBuilder().setValidateOnly(only).build())
                                .getCampaign());
        calls.put(
                "archive",
                only ->
                        campaigns.archiveCampaign(
                                archive(SALE).toBuilder().setValidateOnly(only).build()));

        calls.forEach((name, call) -> {
            List<Campaign> before = all();
            Campaign checked = call.apply(true);
            assertThat(all()).as(name).isEqualTo(before);
            assertThat(core(checked)).as(name).isEqualTo(core(call.apply(false)));
        });
    }

    @Test
    void tellsTheContractOfADraftBesideTheOneThatHolds() {
        var error = ErrorDetails.refusal(() -> contract(RECEIPT, true));
        assertThat(ErrorDetails.reason(error)).isEqualTo("CAMPAIGN_DRAFT_MISSING");
        campaigns.createDraft(draft(RECEIPT));
        changeSubject(RECEIPT, "Your order {{context.orderId}}");

        CampaignContract live = contract(RECEIPT, false);
        CampaignContract drafted = contract(RECEIPT, true);

        assertThat(live.getRevision()).isEqualTo(RECEIPT + "/revisions/1");
        assertThat(live.getFieldsList()).isEmpty();
        assertThat(drafted.getRevision()).isEmpty();
        assertThat(drafted.getFieldsList())
                .extracting(ContractField::getPath)
                .containsExactly("context.orderId");
        assertThat(drafted.getCampanileCommand()).contains("orderId");
    }

    private CampaignContract contract(String name, boolean ofDraft) {
        return campaigns.getCampaignContract(
                GetCampaignContractRequest.newBuilder().setName(name).setDraft(ofDraft).build());
    }

    private void openMessages(String campaign, StopCounts counts) {
        var name = new CampaignName(WorkspaceId.DEFAULT, campaign);
        world.fakes.campaigns.openMessages(
                world.fakes.campaigns.find(name).orElseThrow().id(), counts);
    }

    private void changeSubject(String name, String subject) {
        campaigns.updateCampaign(
                UpdateCampaignRequest.newBuilder()
                        .setCampaign(
                                Campaign.newBuilder()
                                        .setName(name)
                                        .setDraft(
                                                CampaignDefinition.newBuilder()
                                                        .setContent(saying(subject))))
                        .setUpdateMask(
                                FieldMask.newBuilder().addPaths("draft.content.email.subject"))
                        .build());
    }

    private List<Campaign> all() {
        List<Campaign> all = new ArrayList<>();
        for (String state : List.of("ARCHIVED", "STOPPED", "PAUSED", "LIVE", "DRAFT")) {
            all.addAll(
                    campaigns
                            .listCampaigns(
                                    ListCampaignsRequest.newBuilder()
                                            .setParent(OWN)
                                            .setFilter("state = " + state)
                                            .build())
                            .getCampaignsList());
        }
        return all;
    }

    private CampaignRevision revision(String name) {
        return campaigns.getCampaignRevision(
                GetCampaignRevisionRequest.newBuilder().setName(name).build());
    }

    private Campaign get(String name) {
        return campaigns.getCampaign(GetCampaignRequest.newBuilder().setName(name).build());
    }
}
