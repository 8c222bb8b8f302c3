package io.campanile.grpc.campaign;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.testing.CampaignCalls.DRAFT;
import static io.campanile.grpc.testing.CampaignCalls.MAIL;
import static io.campanile.grpc.testing.CampaignCalls.SALE;
import static io.campanile.grpc.testing.CampaignCalls.core;
import static io.campanile.grpc.testing.CampaignCalls.sale;
import static io.campanile.grpc.testing.CampaignCalls.saying;
import static io.campanile.grpc.testing.CampaignCalls.update;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.TestCampaigns.RECEIPT;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.FieldMask;

import io.campanile.domain.access.Role;
import io.campanile.domain.content.FieldType;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignContract;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.Category;
import io.campanile.v1.ContractField;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.CreateCampaignRequest;
import io.campanile.v1.DeclaredField;
import io.campanile.v1.DeleteCampaignRequest;
import io.campanile.v1.Finding;
import io.campanile.v1.GetCampaignContractRequest;
import io.campanile.v1.GetCampaignRequest;
import io.campanile.v1.ListCampaignsRequest;
import io.campanile.v1.ReviewCampaignRequest;
import io.campanile.v1.UpdateCampaignRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class CampaignGrpcServiceTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final CampaignServiceGrpc.CampaignServiceBlockingStub campaigns =
            world.stub(CampaignServiceGrpc::newBlockingStub, Role.OWNER);

    @Test
    void createsADraft() {
        Campaign created = campaigns.createCampaign(sale().build());

        assertThat(created)
                .isEqualTo(
                        Campaign.newBuilder()
                                .setName(SALE)
                                .setDraft(DRAFT)
                                .setState(Campaign.State.STATE_DRAFT)
                                .addAvailableActions(Campaign.Action.ACTION_UPDATE)
                                .addAvailableActions(Campaign.Action.ACTION_DELETE)
                                .addAvailableActions(Campaign.Action.ACTION_ACTIVATE)
                                .addAvailableActions(Campaign.Action.ACTION_DUPLICATE)
                                .setCreateTime(created.getCreateTime())
                                .setUpdateTime(created.getCreateTime())
                                .setEtag("\"1\"")
                                .build());
        assertThat(get(SALE)).isEqualTo(created);
    }

    @Test
    void answersARepeatedRequestIdWithTheCampaignAsItIs() {
        CreateCampaignRequest request = sale().setRequestId("once").build();
        campaigns.createCampaign(request);
        Campaign renamed = campaigns.updateCampaign(update(SALE, "Renamed").build());

        assertThat(campaigns.createCampaign(request)).isEqualTo(renamed);
        assertThat(
                        reason(() ->
                                campaigns.createCampaign(
                                        request.toBuilder().setCampaignId("other").build())))
                .isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void namesWhatTheFirstRequestOfAReusedIdWasFor() {
        campaigns.createCampaign(sale().setRequestId("once").build());
        var readers =
                CreateAudienceRequest.newBuilder()
                        .setParent(OWN)
                        .setAudienceId("readers")
                        .setAudience(Audience.getDefaultInstance())
                        .setRequestId("once")
                        .build();

        var error =
                ErrorDetails.refusal(() ->
                        AudienceServiceGrpc.newBlockingStub(world.channel)
                                .withCallCredentials(GrpcWorld.as(Role.AUTHOR))
                                .createAudience(readers));

        assertThat(ErrorDetails.reason(error)).isEqualTo("REQUEST_ID_REUSED");
        assertThat(ErrorDetails.info(error).getMetadataMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("requestId", "once", "resource", SALE));
    }

    @Test
    void listsWhatTheFilterLeavesInOrderAndInPages() {
        campaigns.createCampaign(sale().build());
        var request =
                ListCampaignsRequest.newBuilder()
                        .setParent(OWN)
                        .setFilter(
                                "channel_configuration = \"%s\" AND NOT tags:\"shop\""
                                        .formatted(MAIL))
                        .setOrderBy("name desc")
                        .setPageSize(2);

        var first = campaigns.listCampaigns(request.build());
        var second =
                campaigns.listCampaigns(
                        request.clone().setPageToken(first.getNextPageToken()).build());

        assertThat(first.getCampaignsList())
                .containsExactly(
                        overview(OWN + "/campaigns/unfinished"),
                        overview(OWN + "/campaigns/stopped"));
        assertThat(second.getCampaignsList()).containsExactly(overview(RECEIPT));
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void answersWithAPageThatEveryClientTakes() {
        String example = '"' + "x".repeat(500_000) + '"';
        for (int number = 0; number < 12; number++) {
            var field =
                    new io.campanile.domain.content.DeclaredField(
                            "context.name", FieldType.STRING, false, false, example, "");
            world.fakes.campaigns.insert(
                    aCampaign().named("long-" + number).declaring(field).draft());
        }
        var request = ListCampaignsRequest.newBuilder().setParent(OWN).setPageSize(500);
        List<String> listed = new ArrayList<>();

        do {
            var page = campaigns.listCampaigns(request.build());
            assertThat(page.getSerializedSize()).isLessThan(4 << 20);
            page.getCampaignsList().forEach(campaign -> listed.add(campaign.getName()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());

        assertThat(listed).doesNotHaveDuplicates();
        assertThat(listed).filteredOn(name -> name.contains("/long-")).hasSize(12);
    }

    @Test
    void changesWhatTheMaskNamesUnlessSomebodyWasFaster() {
        Campaign created = campaigns.createCampaign(sale().build());
        var request =
                UpdateCampaignRequest.newBuilder()
                        .setCampaign(
                                Campaign.newBuilder()
                                        .setName(SALE)
                                        .setEtag(created.getEtag())
                                        .setDraft(
                                                CampaignDefinition.newBuilder()
                                                        .setDescription("Ignored")
                                                        .setContent(saying("Changed"))))
                        .setUpdateMask(
                                FieldMask.newBuilder().addPaths("draft.content.email.subject"))
                        .build();

        Campaign changed = campaigns.updateCampaign(request);

        assertThat(changed)
                .isEqualTo(
                        created.toBuilder()
                                .setDraft(DRAFT.toBuilder().setContent(saying("Changed")))
                                .setEtag("\"2\"")
                                .setUpdateTime(changed.getUpdateTime())
                                .build());
        assertThat(reason(() -> campaigns.updateCampaign(request))).isEqualTo("ETAG_MISMATCH");
        assertThat(get(SALE)).isEqualTo(changed);
    }

    @Test
    void changesTheNameOfALiveCampaignAtOnce() {
        Campaign before = get(RECEIPT);

        Campaign renamed = campaigns.updateCampaign(update(RECEIPT, "Renamed").build());

        assertThat(core(renamed))
                .isEqualTo(
                        core(before).toBuilder()
                                .setLive(before.getLive().toBuilder().setDisplayName("Renamed"))
                                .build());
    }

    @Test
    void looksAtNothingThatTheMaskDoesNotName() {
        UpdateCampaignRequest.Builder request =
                update(RECEIPT, "Renamed")
                        .setUpdateMask(FieldMask.newBuilder().addPaths("draft.display_name"));
        request.getCampaignBuilder().getDraftBuilder().setCategory(Category.CATEGORY_MARKETING);

        Campaign renamed = campaigns.updateCampaign(request.build());

        assertThat(renamed.getLive().getDisplayName()).isEqualTo("Renamed");
    }

    @Test
    void reviewsWhatIsMissing() {
        campaigns.createCampaign(
                sale().setCampaign(
                                Campaign.newBuilder()
                                        .setDraft(
                                                CampaignDefinition.newBuilder()
                                                        .setDisplayName("Sale")
                                                        .setCategory(
                                                                Category.CATEGORY_TRANSACTIONAL)))
                        .build());

        var review =
                campaigns.reviewCampaign(ReviewCampaignRequest.newBuilder().setName(SALE).build());

        assertThat(review.getActivatable()).isFalse();
        assertThat(review.getFindingsList())
                .filteredOn(finding -> finding.getLevel() == Finding.Level.LEVEL_ERROR)
                .extracting(Finding::getCode, Finding::getField)
                .containsExactly(
                        tuple(
                                Finding.Code.CODE_CHANNEL_CONFIGURATION_MISSING,
                                "channel_configuration"),
                        tuple(Finding.Code.CODE_SUBJECT_EMPTY, "content.email.subject"),
                        tuple(Finding.Code.CODE_BODY_EMPTY, "content.email.html"));
    }

    @Test
    void showsWhatATriggerMustCarry() {
        campaigns.createCampaign(sale().build());

        CampaignContract contract =
                campaigns.getCampaignContract(
                        GetCampaignContractRequest.newBuilder().setName(SALE).build());

        assertThat(contract.getCampaign()).isEqualTo(SALE);
        assertThat(contract.getRevision()).isEmpty();
        assertThat(contract.getFieldsList())
                .containsExactly(
                        ContractField.newBuilder()
                                .setPath("context.name")
                                .setRequired(true)
                                .build());
        assertThat(contract.getJsonSchema()).contains("\"required\":[\"name\"]");
        assertThat(contract.getCampanileCommand()).contains(SALE);
        assertThat(contract.getGrpcurlCommand()).contains(SALE);
    }

    @Test
    void declaresWhateverTemplatesCanName() {
        var request = sale();
        request.getCampaignBuilder()
                .getDraftBuilder()
                .addDeclaredFields(DeclaredField.newBuilder().setPath("context.größe-2[].x"));

        assertThat(
                        campaigns
                                .createCampaign(request.build())
                                .getDraft()
                                .getDeclaredFields(0)
                                .getPath())
                .isEqualTo("context.größe-2[].x");
    }

    @Test
    void showsACallThatTheCampaignTakes() {
        var request = sale();
        request.getCampaignBuilder()
                .getDraftBuilder()
                .setIdentityNamespace("crmId")
                .setProfileLookup(CampaignDefinition.ProfileLookup.PROFILE_LOOKUP_NONE)
                .setContent(
                        saying(
                                "{{#context.tags}}{{.}}{{/context.tags}}"
                                        + "{{#context.grid}}{{#.}}{{.}}{{/.}}{{/context.grid}}"));
        campaigns.createCampaign(request.build());

        CampaignContract contract =
                campaigns.getCampaignContract(
                        GetCampaignContractRequest.newBuilder().setName(SALE).build());

        String scalar = "{\"type\":[\"string\",\"number\",\"boolean\"]}";
        assertThat(contract.getJsonSchema())
                .contains(
                        "\"tags\":{\"anyOf\":[{\"type\":[\"array\",\"null\"],\"items\":"
                                + scalar
                                + "},{\"enum\":[false,\"\"]}]}");
        assertThat(contract.getCampanileCommand())
                .contains("\"identity\":{\"namespace\":\"crmId\",\"value\":\"4711\"}")
                .contains("\"address\":{\"email\":\"jane@example.com\"}")
                .contains("\"tags\":[\"text\"]")
                .contains("\"grid\":[[\"text\"]]");
    }

    @Test
    void showsNothingInACallThatWouldHideWhatIsKnownOfAPerson() {
        var request = sale();
        request.getCampaignBuilder()
                .getDraftBuilder()
                .setContent(saying("{{profile.firstName}}: {{context.code}}"));
        campaigns.createCampaign(request.build());

        assertThat(
                        campaigns
                                .getCampaignContract(
                                        GetCampaignContractRequest.newBuilder()
                                                .setName(SALE)
                                                .build())
                                .getCampanileCommand())
                .contains("\"context\":{\"code\":\"text\"}")
                .doesNotContain("profile");
    }

    @Test
    void showsACallForTheAudienceThatAMarketingCampaignNames() {
        var request = sale();
        request.getCampaignBuilder()
                .getDraftBuilder()
                .setCategory(Category.CATEGORY_MARKETING)
                .setAudience("workspaces/default/audiences/readers")
                .addDeclaredFields(
                        DeclaredField.newBuilder().setPath("context.code").setSensitive(true))
                .setContent(
                        saying(
                                "{{context.percent}} off with {{context.code}},"
                                        + " {{profile.name}}"));
        campaigns.createCampaign(request.build());

        CampaignContract contract =
                campaigns.getCampaignContract(
                        GetCampaignContractRequest.newBuilder().setName(SALE).build());

        String json =
                "'{\"campaign\":\"%s\",\"request_id\":\"try-1\",\"context\":{\"percent\":\"text\"}}'"
                        .formatted(SALE);
        assertThat(contract.getCampanileCommand())
                .isEqualTo("./campanile call TriggerAudience " + json);
        assertThat(contract.getGrpcurlCommand())
                .contains(json)
                .endsWith(" campanile.v1.TriggerService/TriggerAudience");
    }

    @Test
    void deletesADraftUnlessItOnlyValidates() {
        campaigns.createCampaign(sale().build());
        var request = DeleteCampaignRequest.newBuilder().setName(SALE);

        var _ = campaigns.deleteCampaign(request.clone().setValidateOnly(true).build());
        assertThat(get(SALE).getName()).isEqualTo(SALE);

        var _ = campaigns.deleteCampaign(request.build());
        assertThat(reason(() -> get(SALE))).isEqualTo("RESOURCE_NOT_FOUND");
    }

    private Campaign get(String name) {
        return campaigns.getCampaign(GetCampaignRequest.newBuilder().setName(name).build());
    }

    private Campaign overview(String name) {
        Campaign.Builder campaign = get(name).toBuilder();
        if (campaign.hasDraft()) {
            campaign.getDraftBuilder().clearContent();
        }
        if (campaign.hasLive()) {
            campaign.getLiveBuilder().clearContent();
        }
        return campaign.build();
    }
}
