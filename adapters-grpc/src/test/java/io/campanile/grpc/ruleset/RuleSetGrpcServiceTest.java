package io.campanile.grpc.ruleset;

import static io.campanile.grpc.call.ErrorDetails.inTheWay;
import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.ActivateRuleSetRequest;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.CreateCampaignRequest;
import io.campanile.v1.CreateRuleSetRequest;
import io.campanile.v1.DeactivateRuleSetRequest;
import io.campanile.v1.DeleteRuleSetRequest;
import io.campanile.v1.Finding;
import io.campanile.v1.FrequencyCap;
import io.campanile.v1.GetRuleSetRequest;
import io.campanile.v1.ListRuleSetsRequest;
import io.campanile.v1.QuietHours;
import io.campanile.v1.ReviewCampaignRequest;
import io.campanile.v1.RuleSet;
import io.campanile.v1.RuleSetServiceGrpc;
import io.campanile.v1.UpdateRuleSetRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

class RuleSetGrpcServiceTest {
    private static final String DAILY = OWN + "/ruleSets/daily";
    private static final FrequencyCap THREE_A_DAY =
            FrequencyCap.newBuilder()
                    .setMaxMessages(3)
                    .setPeriod(FrequencyCap.Period.PERIOD_DAY)
                    .build();
    private static final RuleSet GIVEN =
            RuleSet.newBuilder()
                    .setDisplayName("Not too often")
                    .addFrequencyCaps(THREE_A_DAY)
                    .addFrequencyCaps(
                            FrequencyCap.newBuilder()
                                    .setMaxMessages(1)
                                    .setDuration(Duration.newBuilder().setSeconds(90))
                                    .addChannels(Channel.CHANNEL_EMAIL))
                    .addQuietHours(
                            QuietHours.newBuilder()
                                    .setStart("22:00")
                                    .setEnd("08:00")
                                    .addDays(QuietHours.Day.DAY_FRIDAY)
                                    .setBehaviour(QuietHours.Behaviour.BEHAVIOUR_DISCARD))
                    .build();

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final RuleSetServiceGrpc.RuleSetServiceBlockingStub ruleSets =
            world.stub(RuleSetServiceGrpc::newBlockingStub, Role.OPERATOR);
    private final CampaignServiceGrpc.CampaignServiceBlockingStub campaigns =
            world.stub(CampaignServiceGrpc::newBlockingStub, Role.AUTHOR);

    @Test
    void createsADraftWithWhatIsUsual() {
        RuleSet created = ruleSets.createRuleSet(daily().build());

        assertThat(created)
                .isEqualTo(
                        GIVEN.toBuilder()
                                .setName(DAILY)
                                .setScope(RuleSet.Scope.SCOPE_NAMING_CAMPAIGNS)
                                .setState(RuleSet.State.STATE_DRAFT)
                                .addAvailableActions(RuleSet.Action.ACTION_UPDATE)
                                .addAvailableActions(RuleSet.Action.ACTION_DELETE)
                                .addAvailableActions(RuleSet.Action.ACTION_ACTIVATE)
                                .setCreateTime(created.getCreateTime())
                                .setUpdateTime(created.getCreateTime())
                                .setEtag("\"1\"")
                                .build());
        assertThat(get()).isEqualTo(created);
        assertThat(reason(() -> ruleSets.createRuleSet(daily().build())))
                .isEqualTo("RESOURCE_EXISTS");
    }

    @Test
    void answersARepeatedRequestIdWithTheRuleSetAsItIs() {
        var request = daily().setRequestId("once").build();
        ruleSets.createRuleSet(request);
        RuleSet active = ruleSets.activateRuleSet(activate());

        assertThat(ruleSets.createRuleSet(request)).isEqualTo(active);
        assertThat(
                        reason(() ->
                                ruleSets.createRuleSet(
                                        request.toBuilder().setRuleSetId("other").build())))
                .isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void listsInTheOrderOfNames() {
        for (String id : List.of("weekly", "daily", "hourly")) {
            ruleSets.createRuleSet(daily().setRuleSetId(id).build());
        }
        var request = ListRuleSetsRequest.newBuilder().setParent(OWN).setPageSize(2);

        var first = ruleSets.listRuleSets(request.build());
        var second =
                ruleSets.listRuleSets(
                        request.clone().setPageToken(first.getNextPageToken()).build());

        assertThat(first.getRuleSetsList())
                .extracting(RuleSet::getName)
                .containsExactly(DAILY, OWN + "/ruleSets/hourly");
        assertThat(second.getRuleSetsList())
                .extracting(RuleSet::getName)
                .containsExactly(OWN + "/ruleSets/weekly");
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void changesWhatTheMaskNamesUnlessSomebodyWasFaster() {
        RuleSet created = ruleSets.createRuleSet(daily().build());
        var request =
                UpdateRuleSetRequest.newBuilder()
                        .setRuleSet(
                                RuleSet.newBuilder()
                                        .setName(DAILY)
                                        .setDisplayName("Ignored")
                                        .setEtag(created.getEtag())
                                        .setScope(RuleSet.Scope.SCOPE_EVERY_CAMPAIGN))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("scope"))
                        .build();

        RuleSet changed = ruleSets.updateRuleSet(request);

        assertThat(changed)
                .isEqualTo(
                        created.toBuilder()
                                .setScope(RuleSet.Scope.SCOPE_EVERY_CAMPAIGN)
                                .setEtag("\"2\"")
                                .setUpdateTime(changed.getUpdateTime())
                                .build());
        assertThat(reason(() -> ruleSets.updateRuleSet(request))).isEqualTo("ETAG_MISMATCH");
        assertThat(get()).isEqualTo(changed);
    }

    @Test
    void walksThroughItsStates() {
        ruleSets.createRuleSet(daily().build());

        assertThat(reason(() -> ruleSets.deactivateRuleSet(deactivate())))
                .isEqualTo("RULE_SET_STATE_CONFLICT");
        assertThat(ruleSets.activateRuleSet(activate()).getState())
                .isEqualTo(RuleSet.State.STATE_ACTIVE);
        assertThat(reason(this::delete)).isEqualTo("RULE_SET_STATE_CONFLICT");
        assertThat(ruleSets.deactivateRuleSet(deactivate()).getState())
                .isEqualTo(RuleSet.State.STATE_INACTIVE);
        delete();
        assertThat(reason(this::get)).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void putsNoEmptyRuleSetInForce() {
        ruleSets.createRuleSet(daily().setRuleSet(RuleSet.newBuilder()).build());

        assertThat(reason(() -> ruleSets.activateRuleSet(activate()))).isEqualTo("RULE_SET_EMPTY");
    }

    @Test
    void changesNothingWhenItOnlyValidates() {
        var checked = ruleSets.createRuleSet(daily().setValidateOnly(true).build());
        assertThat(reason(this::get)).isEqualTo("RESOURCE_NOT_FOUND");

        RuleSet created = ruleSets.createRuleSet(daily().build());
        RuleSet active =
                ruleSets.activateRuleSet(activate().toBuilder().setValidateOnly(true).build());

        assertThat(checked.getState()).isEqualTo(created.getState());
        assertThat(active.getState()).isEqualTo(RuleSet.State.STATE_ACTIVE);
        assertThat(get()).isEqualTo(created);
    }

    @Test
    void keepsWhatACampaignNames() {
        ruleSets.createRuleSet(daily().build());
        campaigns.createCampaign(naming("daily").build());

        var error = refusal(this::delete);
        assertThat(reason(error)).isEqualTo("RULE_SET_IN_USE");
        assertThat(inTheWay(error))
                .containsExactly(tuple("CAMPAIGN", OWN + "/campaigns/news", "Its draft names it."));
        assertThat(get().getState()).isEqualTo(RuleSet.State.STATE_DRAFT);
    }

    @Test
    void isReviewedWithTheCampaign() {
        campaigns.createCampaign(naming("daily").build());
        assertThat(findings()).contains(Finding.Code.CODE_RULE_SET_UNKNOWN);

        ruleSets.createRuleSet(daily().build());
        assertThat(findings()).contains(Finding.Code.CODE_RULE_SET_INACTIVE);

        ruleSets.activateRuleSet(activate());
        assertThat(findings())
                .doesNotContain(
                        Finding.Code.CODE_RULE_SET_UNKNOWN, Finding.Code.CODE_RULE_SET_INACTIVE);
    }

    private List<Finding.Code> findings() {
        return campaigns
                .reviewCampaign(
                        ReviewCampaignRequest.newBuilder().setName(OWN + "/campaigns/news").build())
                .getFindingsList()
                .stream()
                .map(Finding::getCode)
                .toList();
    }

    private static CreateCampaignRequest.Builder naming(String ruleSet) {
        return CreateCampaignRequest.newBuilder()
                .setParent(OWN)
                .setCampaignId("news")
                .setCampaign(
                        Campaign.newBuilder()
                                .setDraft(
                                        CampaignDefinition.newBuilder()
                                                .setDisplayName("News")
                                                .setCategory(Category.CATEGORY_MARKETING)
                                                .addRuleSets(OWN + "/ruleSets/" + ruleSet)));
    }

    private static CreateRuleSetRequest.Builder daily() {
        return CreateRuleSetRequest.newBuilder()
                .setParent(OWN)
                .setRuleSetId("daily")
                .setRuleSet(GIVEN);
    }

    private static ActivateRuleSetRequest activate() {
        return ActivateRuleSetRequest.newBuilder().setName(DAILY).build();
    }

    private static DeactivateRuleSetRequest deactivate() {
        return DeactivateRuleSetRequest.newBuilder().setName(DAILY).build();
    }

    private void delete() {
        var _ = ruleSets.deleteRuleSet(DeleteRuleSetRequest.newBuilder().setName(DAILY).build());
    }

    private RuleSet get() {
        return ruleSets.getRuleSet(GetRuleSetRequest.newBuilder().setName(DAILY).build());
    }
}
