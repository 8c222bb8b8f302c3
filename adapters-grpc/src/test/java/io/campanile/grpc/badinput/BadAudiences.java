package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;

import com.google.protobuf.FieldMask;

import io.campanile.domain.access.Role;
import io.campanile.v1.AddAudienceMembersRequest;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceMember;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.DeleteAudienceRequest;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.EstimateAudienceRequest;
import io.campanile.v1.GetAudienceRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.ImportAudienceMembersRequest;
import io.campanile.v1.ListAudienceMembersRequest;
import io.campanile.v1.ListAudiencesRequest;
import io.campanile.v1.RemoveAudienceMembersRequest;
import io.campanile.v1.UpdateAudienceRequest;
import io.grpc.Status.Code;

import java.util.Collections;
import java.util.List;

/// Bad calls about audiences.
final class BadAudiences {
    private static final String NOTHING = OWN + "/audiences/nothing";
    private static final AudienceMember MEMBER =
            AudienceMember.newBuilder().setIdentity(identity("crmId", "1")).build();

    private BadAudiences() {}

    static void add(List<BadInput> cases) {
        creations(cases);
        members(cases);
        imports(cases);
        lookUps(cases);
        rules(cases);
        estimates(cases);
    }

    private static void rules(List<BadInput> cases) {
        for (String rule :
                List.of(
                        "profile.locale = 'de'",
                        "profile.locale",
                        "profile.surname == 'x'",
                        "profile.attributes.a.matches('.*')",
                        "(".repeat(2_000),
                        "'\\u0000' == profile.locale",
                        "member('nothing')")) {
            creation(
                    cases,
                    "audience: the rule " + rule.substring(0, Math.min(40, rule.length())),
                    "ruled",
                    Audience.newBuilder().setRule(rule),
                    "audience.rule RULE_INVALID");
        }
        creation(
                cases,
                "audience: an endless rule",
                "ruled",
                Audience.newBuilder().setRule("true || ".repeat(512) + "true"),
                "audience.rule");
        creation(
                cases,
                "audience: a rule with a NUL",
                "ruled",
                Audience.newBuilder().setRule("true\0"),
                "audience.rule CHARACTER_NOT_ALLOWED");
    }

    private static void estimates(List<BadInput> cases) {
        estimate(cases, NOTHING, "", Code.NOT_FOUND, NOT_FOUND, "");
        estimate(cases, NOTHING, "news", Code.INVALID_ARGUMENT, VIOLATION, "campaign");
        estimate(
                cases,
                NOTHING,
                "workspaces/other/campaigns/receipt",
                Code.NOT_FOUND,
                NOT_FOUND,
                "");
    }

    private static void estimate(
            List<BadInput> cases,
            String audience,
            String campaign,
            Code code,
            ErrorReason reason,
            String field) {
        cases.add(
                badInput(
                        "estimate: for the campaign " + campaign,
                        Role.VIEWER,
                        AudienceServiceGrpc.getEstimateAudienceMethod(),
                        EstimateAudienceRequest.newBuilder()
                                .setName(audience)
                                .setCampaign(campaign),
                        code,
                        reason,
                        field));
    }

    private static void creations(List<BadInput> cases) {
        creation(cases, "audience: no id", "", Audience.newBuilder(), "audience_id REQUIRED");
        creation(
                cases,
                "audience: an id of capitals",
                "Readers",
                Audience.newBuilder(),
                "audience_id");
        creation(
                cases,
                "audience: an endless name",
                "readers",
                Audience.newBuilder().setDisplayName("x".repeat(201)),
                "audience.display_name");
        creation(
                cases,
                "audience: a line break in its name",
                "readers",
                Audience.newBuilder().setDisplayName("a\nb"),
                "audience.display_name");
        cases.add(
                badInput(
                        "audience: a change of nothing known",
                        Role.AUTHOR,
                        AudienceServiceGrpc.getUpdateAudienceMethod(),
                        UpdateAudienceRequest.newBuilder()
                                .setAudience(Audience.newBuilder().setName(NOTHING))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("colour")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "update_mask.paths[0] FIELD_UNKNOWN"));
        cases.add(
                badInput(
                        "audience: a change without a name",
                        Role.AUTHOR,
                        AudienceServiceGrpc.getUpdateAudienceMethod(),
                        UpdateAudienceRequest.newBuilder()
                                .setAudience(Audience.newBuilder().setDisplayName("Readers")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "audience.name REQUIRED"));
    }

    private static void creation(
            List<BadInput> cases, String what, String id, Audience.Builder audience, String field) {
        cases.add(
                badInput(
                        what,
                        Role.AUTHOR,
                        AudienceServiceGrpc.getCreateAudienceMethod(),
                        CreateAudienceRequest.newBuilder()
                                .setParent(OWN)
                                .setAudienceId(id)
                                .setAudience(audience),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }

    private static void members(List<BadInput> cases) {
        addition(cases, "members: nobody", List.of(), "members REQUIRED");
        addition(cases, "members: too many", Collections.nCopies(1_001, MEMBER), "members");
        addition(
                cases,
                "members: one who is nobody",
                List.of(AudienceMember.getDefaultInstance()),
                "members[0].person REQUIRED");
        addition(
                cases,
                "members: one without a key",
                List.of(
                        MEMBER,
                        AudienceMember.newBuilder()
                                .setIdentity(Identity.newBuilder().setNamespace("crmId"))
                                .build()),
                "members[1].identity.value REQUIRED");
        addition(
                cases,
                "members: a profile of no form",
                List.of(AudienceMember.newBuilder().setProfile("ada").build()),
                "members[0].profile");
        cases.add(
                badInput(
                        "members: into an unknown audience",
                        Role.TRIGGER,
                        AudienceServiceGrpc.getAddAudienceMembersMethod(),
                        AddAudienceMembersRequest.newBuilder().setName(NOTHING).addMembers(MEMBER),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "members: out of an unknown audience",
                        Role.OPERATOR,
                        AudienceServiceGrpc.getRemoveAudienceMembersMethod(),
                        RemoveAudienceMembersRequest.newBuilder()
                                .setName(NOTHING)
                                .addMembers(MEMBER),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
    }

    private static void addition(
            List<BadInput> cases, String what, List<AudienceMember> members, String field) {
        cases.add(
                badInput(
                        what,
                        Role.TRIGGER,
                        AudienceServiceGrpc.getAddAudienceMembersMethod(),
                        AddAudienceMembersRequest.newBuilder()
                                .setName(NOTHING)
                                .addAllMembers(members),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }

    private static void imports(List<BadInput> cases) {
        cases.add(
                badInput(
                        "import: no rows",
                        Role.TRIGGER,
                        AudienceServiceGrpc.getImportAudienceMembersMethod(),
                        ImportAudienceMembersRequest.newBuilder().setName(NOTHING),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "members REQUIRED"));
        cases.add(
                badInput(
                        "import: into no audience",
                        Role.TRIGGER,
                        AudienceServiceGrpc.getImportAudienceMembersMethod(),
                        ImportAudienceMembersRequest.newBuilder().addMembers(MEMBER),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "name REQUIRED"));
        for (String name : List.of(NOTHING, "workspaces/other/audiences/readers")) {
            cases.add(
                    badInput(
                            "import: into " + name,
                            Role.TRIGGER,
                            AudienceServiceGrpc.getImportAudienceMembersMethod(),
                            ImportAudienceMembersRequest.newBuilder()
                                    .setName(name)
                                    .addMembers(MEMBER),
                            Code.NOT_FOUND,
                            NOT_FOUND,
                            ""));
        }
    }

    private static void lookUps(List<BadInput> cases) {
        cases.add(
                badInput(
                        "audience: unknown",
                        Role.VIEWER,
                        AudienceServiceGrpc.getGetAudienceMethod(),
                        GetAudienceRequest.newBuilder().setName(NOTHING),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "audience: deletes an unknown one",
                        Role.AUTHOR,
                        AudienceServiceGrpc.getDeleteAudienceMethod(),
                        DeleteAudienceRequest.newBuilder().setName(NOTHING),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "members: of an unknown audience",
                        Role.VIEWER,
                        AudienceServiceGrpc.getListAudienceMembersMethod(),
                        ListAudienceMembersRequest.newBuilder().setParent(NOTHING),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "audiences: filter by nothing known",
                        Role.VIEWER,
                        AudienceServiceGrpc.getListAudiencesMethod(),
                        ListAudiencesRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("member = \"ada\""),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "filter"));
    }
}
