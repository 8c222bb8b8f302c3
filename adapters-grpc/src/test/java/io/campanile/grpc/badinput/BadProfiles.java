package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.domain.access.Role;
import io.campanile.domain.profile.Attributes;
import io.campanile.v1.*;
import io.campanile.v1.ConfirmConsentRequest;
import io.grpc.Status.Code;

import java.util.Collections;
import java.util.List;
import java.util.UUID;

/// Bad calls on profiles and consents.
final class BadProfiles {
    private static final String NOBODY = OWN + "/profiles/" + UUID.randomUUID();

    private BadProfiles() {}

    static void add(List<BadInput> cases) {
        profiles(cases);
        consents(cases);
        subjects(cases);
    }

    private static void profiles(List<BadInput> cases) {
        upsert(cases, "profile: nobody", Profile.newBuilder(), "profile.identities REQUIRED");
        upsert(
                cases,
                "profile: an identity without value",
                Profile.newBuilder().addIdentities(identity("crmId", "")),
                "profile.identities[0].value REQUIRED");
        upsert(
                cases,
                "profile: a namespace that is none",
                Profile.newBuilder().addIdentities(identity("crm id", "42")),
                "profile.identities[0].namespace");
        var crowd = Profile.newBuilder();
        for (int i = 0; i < 21; i++) {
            crowd.addIdentities(identity("card", "c-" + i));
        }
        upsert(cases, "profile: too many identities", crowd, "profile.identities");
        upsert(
                cases,
                "profile: the namespace of addresses in capital letters",
                Profile.newBuilder().addIdentities(identity("Email", "ada@example.com")),
                "profile.identities[0].namespace SYNTAX");
        details(cases);
        BadContacts.add(cases);
        BadUpserts.add(cases);
        cases.add(
                badInput(
                        "profile: unknown",
                        Role.VIEWER,
                        ProfileServiceGrpc.getGetProfileMethod(),
                        GetProfileRequest.newBuilder().setName(NOBODY),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        merge(cases, "merge: nobody", NOBODY, OWN + "/profiles/" + UUID.randomUUID());
        merge(cases, "merge: of another workspace", NOBODY, NOBODY.replace("default", "other"));
        cases.add(
                badInput(
                        "merge: with itself",
                        Role.OPERATOR,
                        ProfileServiceGrpc.getMergeProfilesMethod(),
                        MergeProfilesRequest.newBuilder().setName(NOBODY).setSource(NOBODY),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "source"));
        cases.add(
                badInput(
                        "erase: nobody",
                        Role.OPERATOR,
                        ProfileServiceGrpc.getEraseProfileMethod(),
                        EraseProfileRequest.newBuilder().setName(NOBODY),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "export: nobody",
                        Role.OPERATOR,
                        ProfileServiceGrpc.getExportProfileMethod(),
                        ExportProfileRequest.newBuilder().setName(NOBODY),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "profile: an identity nobody has",
                        Role.TRIGGER,
                        ProfileServiceGrpc.getLookUpProfileMethod(),
                        LookUpProfileRequest.newBuilder()
                                .setParent(OWN)
                                .setIdentity(identity("crmId", "' OR 1=1 --")),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "profiles: filter by identity",
                        Role.VIEWER,
                        ProfileServiceGrpc.getListProfilesMethod(),
                        ListProfilesRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("identity = \"42\""),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "filter"));
    }

    private static void merge(List<BadInput> cases, String what, String name, String source) {
        cases.add(
                badInput(
                        what,
                        Role.OPERATOR,
                        ProfileServiceGrpc.getMergeProfilesMethod(),
                        MergeProfilesRequest.newBuilder().setName(name).setSource(source),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
    }

    private static void details(List<BadInput> cases) {
        upsert(
                cases,
                "profile: an address that is none",
                known().addEmailAddresses("ada@example.com").addEmailAddresses("ada"),
                "profile.email_addresses[1] ADDRESS_MALFORMED");
        upsert(
                cases,
                "profile: an address in two spellings",
                known().addEmailAddresses("ada@example.com").addEmailAddresses("Ada@EXAMPLE.com"),
                "profile.email_addresses[1]");
        upsert(
                cases,
                "profile: too many addresses",
                known().addAllEmailAddresses(Collections.nCopies(11, "ada@example.com")),
                "profile.email_addresses");
        upsert(
                cases,
                "profile: a language that is none",
                known().setLocale("de_AT"),
                "profile.locale");
        upsert(
                cases,
                "profile: a language tag that is ill-formed",
                known().setLocale("de-AT-AT-AT"),
                "profile.locale");
        upsert(
                cases,
                "profile: an offset for a time zone",
                known().setTimeZone("+05:45"),
                "profile.time_zone");
        for (String path : List.of("identities", "name", "attributes.age", "colour")) {
            violates(
                    cases,
                    "profile: a mask with " + path,
                    Role.OPERATOR,
                    ProfileServiceGrpc.getUpsertProfileMethod(),
                    UpsertProfileRequest.newBuilder()
                            .setParent(OWN)
                            .setProfile(
                                    Profile.newBuilder()
                                            .addIdentities(
                                                    Identity.newBuilder()
                                                            .setNamespace("crmId")
                                                            .setValue("17")))
                            .setUpdateMask(FieldMask.newBuilder().addPaths(path)),
                    "update_mask.paths[0] FIELD_UNKNOWN");
        }
        violates(
                cases,
                "profile: a mask of more paths than anybody has fields",
                Role.TRIGGER,
                ProfileServiceGrpc.getUpsertProfileMethod(),
                UpsertProfileRequest.newBuilder()
                        .setParent(OWN)
                        .setProfile(known())
                        .setUpdateMask(
                                FieldMask.newBuilder()
                                        .addAllPaths(Collections.nCopies(101, "locale"))),
                "update_mask.paths");
        upsert(
                cases,
                "profile: a number that is not finite",
                known().setAttributes(
                                attribute("x", Value.newBuilder().setNumberValue(Double.NaN))),
                "profile.attributes.x OUT_OF_RANGE");
        upsert(
                cases,
                "profile: attributes that are too large",
                known().setAttributes(
                                attribute(
                                        "x",
                                        Value.newBuilder()
                                                .setStringValue("x".repeat(Attributes.LARGEST)))),
                "profile.attributes CONTEXT_TOO_LARGE");
    }

    static Profile.Builder known() {
        return Profile.newBuilder().addIdentities(identity("crmId", "42"));
    }

    private static Struct.Builder attribute(String name, Value.Builder value) {
        return Struct.newBuilder().putFields(name, value.build());
    }

    static void upsert(List<BadInput> cases, String what, Profile.Builder profile, String field) {
        cases.add(
                badInput(
                        what,
                        Role.TRIGGER,
                        ProfileServiceGrpc.getUpsertProfileMethod(),
                        UpsertProfileRequest.newBuilder().setParent(OWN).setProfile(profile),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }

    private static void consents(List<BadInput> cases) {
        cases.add(
                badInput(
                        "confirmation: a token that was made up",
                        Role.TRIGGER,
                        ProfileServiceGrpc.getConfirmConsentMethod(),
                        ConfirmConsentRequest.newBuilder()
                                .setParent(OWN)
                                .setConfirmationToken("bWFkZSB1cA"),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "confirmation_token"));
        var ada = ConsentSubject.newBuilder().setIdentity(identity("crmId", "42"));
        record(cases, "consent: nothing said", ada, Consent.newBuilder(), "consent.state REQUIRED");
        cases.add(
                badInput(
                        "consent: none",
                        Role.TRIGGER,
                        ProfileServiceGrpc.getRecordConsentMethod(),
                        RecordConsentRequest.newBuilder().setParent(OWN).setSubject(ada),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "consent REQUIRED"));
        record(
                cases,
                "consent: for no purpose",
                ada,
                Consent.newBuilder().setState(Consent.State.STATE_DENIED),
                "consent.purpose REQUIRED");
        record(
                cases,
                "consent: a state nobody knows",
                ada,
                denied().setStateValue(9),
                "consent.state");
        record(
                cases,
                "consent: a channel nobody knows",
                ada,
                denied().setChannelValue(9),
                "consent.channel");
        record(
                cases,
                "consent: a topic that is none",
                ada,
                denied().setTopic("Weekly Offers"),
                "consent.topic");
        record(
                cases,
                "consent: an endless proof",
                ada,
                denied().setProof("x".repeat(2_001)),
                "consent.proof");
    }

    private static void subjects(List<BadInput> cases) {
        record(
                cases,
                "consent: by a made-up token",
                ConsentSubject.newBuilder().setUnsubscribeToken("YW55dGhpbmc"),
                denied(),
                "subject.unsubscribe_token");
        record(
                cases,
                "consent: of nobody",
                ConsentSubject.newBuilder(),
                denied(),
                "subject.subject REQUIRED");
        record(
                cases,
                "consent: of an address that is none",
                ConsentSubject.newBuilder()
                        .setAddress(ChannelAddress.newBuilder().setEmail("not an address")),
                denied(),
                "subject.address.email ADDRESS_MALFORMED");
        record(
                cases,
                "consent: of a profile without a name",
                ConsentSubject.newBuilder().setProfile("ada"),
                denied(),
                "subject.profile");
        for (String profile : List.of(NOBODY, NOBODY.replace("default", "other"))) {
            cases.add(
                    badInput(
                            "consent: of " + profile.substring(0, 18),
                            Role.TRIGGER,
                            ProfileServiceGrpc.getRecordConsentMethod(),
                            RecordConsentRequest.newBuilder()
                                    .setParent(OWN)
                                    .setSubject(ConsentSubject.newBuilder().setProfile(profile))
                                    .setConsent(denied()),
                            Code.NOT_FOUND,
                            NOT_FOUND,
                            ""));
        }
        cases.add(
                badInput(
                        "consents: of nobody",
                        Role.TRIGGER,
                        ProfileServiceGrpc.getGetConsentsMethod(),
                        GetConsentsRequest.newBuilder()
                                .setParent(OWN)
                                .setSubject(
                                        ConsentSubject.newBuilder()
                                                .setIdentity(identity("crmId", "nobody"))),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "consent records: made-up token",
                        Role.TRIGGER,
                        ProfileServiceGrpc.getListConsentRecordsMethod(),
                        ListConsentRecordsRequest.newBuilder()
                                .setParent(OWN)
                                .setPageToken("Zm9v")
                                .setSubject(
                                        ConsentSubject.newBuilder()
                                                .setAddress(
                                                        ChannelAddress.newBuilder()
                                                                .setEmail("ada@example.com"))),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                        "page_token"));
    }

    private static void record(
            List<BadInput> cases,
            String what,
            ConsentSubject.Builder subject,
            Consent.Builder consent,
            String field) {
        cases.add(
                badInput(
                        what,
                        Role.TRIGGER,
                        ProfileServiceGrpc.getRecordConsentMethod(),
                        RecordConsentRequest.newBuilder()
                                .setParent(OWN)
                                .setSubject(subject)
                                .setConsent(consent),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }

    private static Consent.Builder denied() {
        return Consent.newBuilder()
                .setState(Consent.State.STATE_DENIED)
                .setPurpose(Consent.Purpose.PURPOSE_MARKETING);
    }

    private static Identity.Builder identity(String namespace, String value) {
        return Identity.newBuilder().setNamespace(namespace).setValue(value);
    }
}
