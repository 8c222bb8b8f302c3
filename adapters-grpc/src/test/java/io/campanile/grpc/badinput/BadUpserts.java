package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.conflicts;
import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.isStale;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.tenAddresses;

import io.campanile.domain.access.Role;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.Identity;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.PushToken;
import io.campanile.v1.UpsertProfileRequest;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// Bad calls that say whom they mean, or that lay something behind what is known.
final class BadUpserts {
    private static final String NOBODY = OWN + "/profiles/" + UUID.randomUUID();
    private static final String FOREIGN = NOBODY.replace("default", "other");

    /// Has the form of a name only.
    private static final String HYPHENS = OWN + "/profiles/" + "-".repeat(36);

    private BadUpserts() {}

    static void add(List<BadInput> cases) {
        names(cases);
        seen(cases);
        rows(cases);
        additions(cases);
    }

    private static void names(List<BadInput> cases) {
        refused(cases, "a name that is none", upsert(stranger().setName("ada")), "profile.name");
        refused(
                cases,
                "a name of another workspace",
                upsert(stranger().setName(FOREIGN)),
                "profile.name REFERENCE_NOT_FOUND");
        for (String name : List.of(NOBODY, HYPHENS)) {
            findsNothing(
                    cases,
                    "upsert: of nobody, " + name.substring(0, 30),
                    Role.TRIGGER,
                    ProfileServiceGrpc.getUpsertProfileMethod(),
                    upsert(stranger().setName(name)));
        }
    }

    private static void seen(List<BadInput> cases) {
        refused(
                cases,
                "an endless etag",
                upsert(stranger().setEtag("x".repeat(65))),
                "profile.etag");
        isStale(
                cases,
                "upsert: a stale etag",
                Role.TRIGGER,
                ProfileServiceGrpc.getUpsertProfileMethod(),
                upsert(person(BadInputStage.ONE).setEtag("\"99\"")));
        findsNothing(
                cases,
                "upsert: the etag of nobody",
                Role.TRIGGER,
                ProfileServiceGrpc.getUpsertProfileMethod(),
                upsert(stranger().setEtag("\"1\"")));
        conflicts(
                cases,
                "upsert: somebody new who is known",
                Role.TRIGGER,
                ProfileServiceGrpc.getUpsertProfileMethod(),
                upsert(person(BadInputStage.ONE)).setNewOnly(true),
                ErrorReason.ERROR_REASON_IDENTITY_CLASH);
        refused(
                cases,
                "somebody new of a name",
                upsert(stranger().setName(NOBODY)).setNewOnly(true),
                "new_only");
        refused(
                cases,
                "somebody new with an etag",
                upsert(stranger().setEtag("\"1\"")).setNewOnly(true),
                "new_only");
    }

    private static void rows(List<BadInput> cases) {
        row(cases, "a name that is none", stranger().setName("ada"), "name");
        for (String name : List.of(NOBODY, HYPHENS, FOREIGN)) {
            row(
                    cases,
                    "the name of nobody, " + name.substring(0, 30),
                    stranger().setName(name),
                    "name REFERENCE_NOT_FOUND");
        }
        row(cases, "an etag", person(BadInputStage.ONE).setEtag("\"1\""), "etag");
        violates(
                cases,
                "batch: 2,000 identities and a name",
                Role.TRIGGER,
                ProfileServiceGrpc.getBatchUpsertProfilesMethod(),
                BatchUpsertProfilesRequest.newBuilder()
                        .setParent(OWN)
                        .addAllProfiles(
                                IntStream.range(0, 1_000).mapToObj(BadUpserts::ofTwo).toList()),
                "profiles OUT_OF_RANGE");
    }

    /// The first one has a name.
    private static Profile ofTwo(int number) {
        Profile.Builder person = person("one-" + number);
        person.addIdentities(person("other-" + number).getIdentities(0));
        return number == 0 ? person.setName(NOBODY).build() : person.build();
    }

    private static void row(List<BadInput> cases, String what, Profile.Builder row, String field) {
        violates(
                cases,
                "batch: " + what,
                Role.TRIGGER,
                ProfileServiceGrpc.getBatchUpsertProfilesMethod(),
                BatchUpsertProfilesRequest.newBuilder().setParent(OWN).addProfiles(row),
                "profiles[0]." + field);
    }

    private static void additions(List<BadInput> cases) {
        refused(
                cases,
                "one more address that is none",
                upsert(stranger()).addAddEmailAddresses("ada"),
                "add_email_addresses[0] ADDRESS_MALFORMED");
        refused(
                cases,
                "one more address in two spellings",
                upsert(stranger())
                        .addAddEmailAddresses("ada@example.com")
                        .addAddEmailAddresses("Ada@EXAMPLE.com"),
                "add_email_addresses[1]");
        refused(
                cases,
                "more addresses than anybody has",
                upsert(stranger())
                        .addAllAddEmailAddresses(Collections.nCopies(11, "ada@example.com")),
                "add_email_addresses");
        refused(
                cases,
                "one more address than there is room for",
                upsert(stranger().addEmailAddresses("ada@example.com"))
                        .addAllAddEmailAddresses(tenAddresses()),
                "add_email_addresses OUT_OF_RANGE");
        refused(
                cases,
                "one more phone number without its country",
                upsert(stranger()).addAddPhoneNumbers("0664 1234567"),
                "add_phone_numbers[0]");
        refused(
                cases,
                "one more phone number that no country has",
                upsert(stranger()).addAddPhoneNumbers("+999 12345678"),
                "add_phone_numbers[0] ADDRESS_MALFORMED");
        refused(
                cases,
                "one more push token of no platform",
                upsert(stranger()).addAddPushTokens(token("t-1").clearPlatform()),
                "add_push_tokens[0].platform REQUIRED");
        refused(
                cases,
                "one more push token that is a mask",
                upsert(stranger()).addAddPushTokens(token("***")),
                "add_push_tokens[0]");
    }

    private static PushToken.Builder token(String token) {
        return PushToken.newBuilder()
                .setPlatform(PushToken.Platform.PLATFORM_IOS)
                .setAppId("com.example.shop")
                .setToken(token);
    }

    private static void refused(
            List<BadInput> cases, String what, UpsertProfileRequest.Builder request, String field) {
        violates(
                cases,
                "upsert: " + what,
                Role.TRIGGER,
                ProfileServiceGrpc.getUpsertProfileMethod(),
                request,
                field);
    }

    private static UpsertProfileRequest.Builder upsert(Profile.Builder profile) {
        return UpsertProfileRequest.newBuilder().setParent(OWN).setProfile(profile);
    }

    private static Profile.Builder stranger() {
        return person("nobody-yet");
    }

    private static Profile.Builder person(String key) {
        return Profile.newBuilder()
                .addIdentities(Identity.newBuilder().setNamespace("crmId").setValue(key));
    }
}
