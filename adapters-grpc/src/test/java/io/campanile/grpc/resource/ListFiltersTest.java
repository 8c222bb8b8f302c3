package io.campanile.grpc.resource;

import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.ApiKey;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.ListApiKeysRequest;
import io.campanile.v1.ListCampaignsRequest;
import io.campanile.v1.ListChannelConfigurationsRequest;
import io.campanile.v1.ListRuleSetsRequest;
import io.campanile.v1.RuleSetServiceGrpc;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

/// What lists leave out, and in which order they are, as callers ask.
class ListFiltersTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @Test
    void leaveKeysOfOneRole() {
        var access =
                AccessServiceGrpc.newBlockingStub(world.channel)
                        .withCallCredentials(GrpcWorld.as(Role.OWNER));

        var keys =
                access.listApiKeys(
                                ListApiKeysRequest.newBuilder()
                                        .setParent(OWN)
                                        .setFilter("role = TRIGGER")
                                        .build())
                        .getApiKeysList();

        assertThat(keys)
                .singleElement()
                .extracting(ApiKey::getRolesList)
                .isEqualTo(List.of(io.campanile.v1.Role.ROLE_TRIGGER));
    }

    @Test
    void leaveConfigurationsInOneState() {
        assertThat(configurations("state = ACTIVE", "")).containsExactly("mail");
        assertThat(configurations("state = PAUSED", "")).isEmpty();
    }

    private List<String> configurations(String filter, String order) {
        return ChannelConfigurationServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(Role.VIEWER))
                .listChannelConfigurations(
                        ListChannelConfigurationsRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter(filter)
                                .setOrderBy(order)
                                .build())
                .getChannelConfigurationsList()
                .stream()
                .map(ChannelConfiguration::getName)
                .map(ListFiltersTest::lastPart)
                .toList();
    }

    @Test
    void leaveRuleSetsInOneStateInTheOrderThatIsAskedFor() {
        world.fakes.ruleSets.insert(aRuleSet().named("daily").build());
        world.fakes.ruleSets.insert(aRuleSet().named("weekly").build());
        world.fakes.ruleSets.insert(
                aRuleSet().named("written").inState(RuleSet.State.DRAFT).build());

        assertThat(ruleSets("state = ACTIVE", "name desc")).containsExactly("weekly", "daily");
    }

    private List<String> ruleSets(String filter, String order) {
        return RuleSetServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(Role.VIEWER))
                .listRuleSets(
                        ListRuleSetsRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter(filter)
                                .setOrderBy(order)
                                .build())
                .getRuleSetsList()
                .stream()
                .map(each -> each.getName())
                .map(ListFiltersTest::lastPart)
                .toList();
    }

    @Test
    void leaveCampaignsThatNameSomething() {
        world.fakes.campaigns.insert(aCampaign().named("news").to("readers").about("news").draft());
        world.fakes.campaigns.insert(aCampaign().named("offers").under("daily", "weekly").draft());

        assertThat(campaigns("audience = \"readers\"")).containsExactly("news");
        assertThat(campaigns("audience = \"%s/audiences/readers\"".formatted(OWN)))
                .containsExactly("news");
        assertThat(campaigns("topic = \"news\"")).containsExactly("news");
        assertThat(campaigns("rule_sets : \"weekly\"")).containsExactly("offers");
        assertThat(campaigns("rule_sets : \"%s/ruleSets/daily\"".formatted(OWN)))
                .containsExactly("offers");
    }

    @Test
    void refuseAWholeNameThatNothingCanHave() {
        world.fakes.campaigns.insert(aCampaign().named("news").to("readers").draft());
        String misspelt = OWN + "/audience/readers";

        assertThat(refusal(() -> campaigns("audience = \"%s\"".formatted(misspelt))))
                .hasMessageContaining("%s is none of %s/audiences/…".formatted(misspelt, OWN));
        assertThat(campaigns("audience : \"read\"")).containsExactly("news");
    }

    private List<String> campaigns(String filter) {
        return CampaignServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(Role.VIEWER))
                .listCampaigns(
                        ListCampaignsRequest.newBuilder().setParent(OWN).setFilter(filter).build())
                .getCampaignsList()
                .stream()
                .map(Campaign::getName)
                .map(ListFiltersTest::lastPart)
                .toList();
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
