package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadInput.conflicts;
import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.hasNoSuchPage;
import static io.campanile.grpc.badinput.BadInput.isNotPermitted;
import static io.campanile.grpc.badinput.BadInput.isStale;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;

import io.campanile.domain.access.Role;
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
import io.campanile.v1.ErrorReason;
import io.campanile.v1.FrequencyCap;
import io.campanile.v1.GetRuleSetRequest;
import io.campanile.v1.ListRuleSetsRequest;
import io.campanile.v1.QuietHours;
import io.campanile.v1.RuleSet;
import io.campanile.v1.RuleSetServiceGrpc;
import io.campanile.v1.UpdateRuleSetRequest;
import io.grpc.Status.Code;

import java.util.Collections;
import java.util.List;

/// Bad calls on rule sets.
final class BadRuleSets {
    private static final FrequencyCap DAILY =
            FrequencyCap.newBuilder()
                    .setMaxMessages(3)
                    .setPeriod(FrequencyCap.Period.PERIOD_DAY)
                    .build();

    private BadRuleSets() {}

    static void add(List<BadInput> cases) {
        cap(cases, "none", DAILY.toBuilder().setMaxMessages(0), "max_messages OUT_OF_RANGE");
        cap(cases, "too many", DAILY.toBuilder().setMaxMessages(101), "max_messages OUT_OF_RANGE");
        cap(cases, "no window", DAILY.toBuilder().clearWindow(), "window REQUIRED");
        cap(cases, "a period nobody knows", DAILY.toBuilder().setPeriodValue(99), "period");
        cap(
                cases,
                "an unspecified period",
                DAILY.toBuilder().setPeriod(FrequencyCap.Period.PERIOD_UNSPECIFIED),
                "period REQUIRED");
        cap(
                cases,
                "no time at all",
                DAILY.toBuilder().setDuration(seconds(0)),
                "duration OUT_OF_RANGE");
        cap(
                cases,
                "31 days",
                DAILY.toBuilder().setDuration(seconds(2_678_400)),
                "duration OUT_OF_RANGE");
        cap(cases, "a channel nobody knows", DAILY.toBuilder().addChannelsValue(99), "channels[0]");
        cap(
                cases,
                "a channel twice",
                DAILY.toBuilder()
                        .addChannels(Channel.CHANNEL_EMAIL)
                        .addChannels(Channel.CHANNEL_EMAIL),
                "channels");
        ruleSet(
                cases,
                "more caps than allowed",
                RuleSet.newBuilder().addAllFrequencyCaps(Collections.nCopies(11, DAILY)),
                "rule_set.frequency_caps");
        ruleSet(
                cases,
                "a scope nobody knows",
                RuleSet.newBuilder().setScopeValue(99),
                "rule_set.scope");
        ruleSet(
                cases,
                "a line break in the name",
                RuleSet.newBuilder().setDisplayName("a\nb"),
                "rule_set.display_name");
        QuietHours night = QuietHours.newBuilder().setStart("22:00").setEnd("08:00").build();
        quiet(cases, "no start", night.toBuilder().clearStart(), "start REQUIRED");
        quiet(cases, "25 o'clock", night.toBuilder().setEnd("25:00"), "end");
        quiet(cases, "8 o'clock in the morning", night.toBuilder().setEnd("8:00"), "end");
        quiet(cases, "a day nobody knows", night.toBuilder().addDaysValue(8), "days[0]");
        quiet(
                cases,
                "a behaviour nobody knows",
                night.toBuilder().setBehaviourValue(9),
                "behaviour");
        lookUps(cases);
        lists(cases);
        states(cases);
        campaigns(cases);
    }

    private static void quiet(
            List<BadInput> cases, String what, QuietHours.Builder hours, String field) {
        ruleSet(
                cases,
                "quiet hours with " + what,
                RuleSet.newBuilder().addQuietHours(hours),
                "rule_set.quiet_hours[0]." + field);
    }

    private static void cap(
            List<BadInput> cases, String what, FrequencyCap.Builder cap, String field) {
        ruleSet(
                cases,
                "cap of " + what,
                RuleSet.newBuilder().addFrequencyCaps(cap),
                "rule_set.frequency_caps[0]." + field);
    }

    private static void ruleSet(
            List<BadInput> cases, String what, RuleSet.Builder ruleSet, String field) {
        cases.add(
                badInput(
                        "rule set: " + what,
                        Role.OPERATOR,
                        RuleSetServiceGrpc.getCreateRuleSetMethod(),
                        CreateRuleSetRequest.newBuilder()
                                .setParent(OWN)
                                .setRuleSetId("new")
                                .setRuleSet(ruleSet),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }

    private static void lookUps(List<BadInput> cases) {
        String unknown = OWN + "/ruleSets/unheard-of";
        cases.add(
                badInput(
                        "rule set: unknown",
                        Role.VIEWER,
                        RuleSetServiceGrpc.getGetRuleSetMethod(),
                        GetRuleSetRequest.newBuilder().setName(unknown),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "rule set: activate an unknown one",
                        Role.OPERATOR,
                        RuleSetServiceGrpc.getActivateRuleSetMethod(),
                        ActivateRuleSetRequest.newBuilder().setName(unknown),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "rule set: update without a name",
                        Role.OPERATOR,
                        RuleSetServiceGrpc.getUpdateRuleSetMethod(),
                        UpdateRuleSetRequest.newBuilder().setRuleSet(RuleSet.newBuilder()),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "rule_set.name REQUIRED"));
        cases.add(
                badInput(
                        "rule set: a path that does not exist",
                        Role.OPERATOR,
                        RuleSetServiceGrpc.getUpdateRuleSetMethod(),
                        UpdateRuleSetRequest.newBuilder()
                                .setRuleSet(RuleSet.newBuilder().setName(unknown))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("caps")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "update_mask.paths[0] FIELD_UNKNOWN"));
    }

    private static void lists(List<BadInput> cases) {
        var list = RuleSetServiceGrpc.getListRuleSetsMethod();
        violates(
                cases,
                "rule sets: negative page",
                Role.VIEWER,
                list,
                ListRuleSetsRequest.newBuilder().setParent(OWN).setPageSize(-7),
                "page_size OUT_OF_RANGE");
        hasNoSuchPage(
                cases,
                "rule sets: made-up token",
                Role.VIEWER,
                list,
                ListRuleSetsRequest.newBuilder().setParent(OWN).setPageToken("bmV4dA"));
        findsNothing(
                cases,
                "rule sets: of another workspace",
                Role.VIEWER,
                list,
                ListRuleSetsRequest.newBuilder().setParent("workspaces/other"));
    }

    private static void states(List<BadInput> cases) {
        var delete = RuleSetServiceGrpc.getDeleteRuleSetMethod();
        conflicts(
                cases,
                "rule set: deletes an active one",
                Role.OPERATOR,
                delete,
                DeleteRuleSetRequest.newBuilder().setName(BadInputStage.BINDING),
                ErrorReason.ERROR_REASON_RULE_SET_STATE_CONFLICT);
        conflicts(
                cases,
                "rule set: deletes one that a campaign names",
                Role.OPERATOR,
                delete,
                DeleteRuleSetRequest.newBuilder().setName(BadInputStage.NAMED),
                ErrorReason.ERROR_REASON_RULE_SET_IN_USE);
        findsNothing(
                cases,
                "rule set: deletes an unknown one",
                Role.OPERATOR,
                delete,
                DeleteRuleSetRequest.newBuilder().setName(OWN + "/ruleSets/unheard-of"));
        var deactivate = RuleSetServiceGrpc.getDeactivateRuleSetMethod();
        conflicts(
                cases,
                "rule set: deactivates a draft",
                Role.OPERATOR,
                deactivate,
                DeactivateRuleSetRequest.newBuilder().setName(BadInputStage.NAMED),
                ErrorReason.ERROR_REASON_RULE_SET_STATE_CONFLICT);
        isStale(
                cases,
                "rule set: deactivates what somebody else has changed",
                Role.OPERATOR,
                deactivate,
                DeactivateRuleSetRequest.newBuilder()
                        .setName(BadInputStage.BINDING)
                        .setEtag("\"1\""));
        isNotPermitted(
                cases,
                "role: author deactivates a rule set",
                Role.AUTHOR,
                deactivate,
                DeactivateRuleSetRequest.newBuilder().setName(BadInputStage.BINDING));
    }

    private static void campaigns(List<BadInput> cases) {
        campaign(cases, "no rule set's name", "daily", "campaign.draft.rule_sets[0]");
        campaign(
                cases,
                "a rule set of another workspace",
                "workspaces/other/ruleSets/daily",
                "campaign.draft.rule_sets REFERENCE_NOT_FOUND");
    }

    private static void campaign(List<BadInput> cases, String what, String ruleSet, String field) {
        cases.add(
                badInput(
                        "campaign: " + what,
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        CreateCampaignRequest.newBuilder()
                                .setParent(OWN)
                                .setCampaignId("new")
                                .setCampaign(
                                        Campaign.newBuilder()
                                                .setDraft(
                                                        CampaignDefinition.newBuilder()
                                                                .setDisplayName("New")
                                                                .setCategory(
                                                                        Category.CATEGORY_MARKETING)
                                                                .addRuleSets(ruleSet))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }

    private static Duration seconds(int seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
