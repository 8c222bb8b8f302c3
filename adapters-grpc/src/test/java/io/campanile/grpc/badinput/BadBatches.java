package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.isNotPermitted;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;

import io.campanile.domain.access.Role;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.ImportProfilesRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Bad calls about many people at once. What is wrong with a single row of an import is told in the
/// answer; `ProfileImportTest` has that.
final class BadBatches {
    private static final Profile ADA =
            Profile.newBuilder().addIdentities(identity("crmId", "42")).build();

    private BadBatches() {}

    static void add(List<BadInput> cases) {
        batches(cases);
        rows(cases);
        imports(cases);
    }

    private static void batches(List<BadInput> cases) {
        var batch = ProfileServiceGrpc.getBatchUpsertProfilesMethod();
        violates(
                cases,
                "batch: nobody",
                Role.TRIGGER,
                batch,
                BatchUpsertProfilesRequest.newBuilder().setParent(OWN),
                "profiles REQUIRED");
        violates(
                cases,
                "batch: 1,001 people",
                Role.TRIGGER,
                batch,
                BatchUpsertProfilesRequest.newBuilder()
                        .setParent(OWN)
                        .addAllProfiles(Collections.nCopies(1_001, ADA)),
                "profiles");
        violates(
                cases,
                "batch: 2,001 identities",
                Role.TRIGGER,
                batch,
                BatchUpsertProfilesRequest.newBuilder()
                        .setParent(OWN)
                        .addAllProfiles(peopleOfThree(667)),
                "profiles OUT_OF_RANGE");
        violates(
                cases,
                "batch: 1,000 people who are nobody",
                Role.TRIGGER,
                batch,
                BatchUpsertProfilesRequest.newBuilder()
                        .setParent(OWN)
                        .addAllProfiles(Collections.nCopies(1_000, Profile.getDefaultInstance())),
                "profiles[0].identities REQUIRED");
        findsNothing(
                cases,
                "batch: into another workspace",
                Role.TRIGGER,
                batch,
                BatchUpsertProfilesRequest.newBuilder()
                        .setParent("workspaces/other")
                        .addProfiles(ADA));
        isNotPermitted(
                cases,
                "role: author learns about people",
                Role.AUTHOR,
                batch,
                BatchUpsertProfilesRequest.newBuilder().setParent(OWN).addProfiles(ADA));
    }

    private static void rows(List<BadInput> cases) {
        row(cases, "nobody", Profile.newBuilder(), "identities REQUIRED");
        row(
                cases,
                "an identity of no namespace",
                Profile.newBuilder().addIdentities(identity("", "42")),
                "identities[0].namespace REQUIRED");
        row(
                cases,
                "an identity with a NUL",
                Profile.newBuilder().addIdentities(identity("crmId", "4\0002")),
                "identities[0].value CHARACTER_NOT_ALLOWED");
        row(
                cases,
                "an identity of 257 characters",
                Profile.newBuilder().addIdentities(identity("crmId", "x".repeat(257))),
                "identities[0].value");
        row(
                cases,
                "two persons",
                Profile.newBuilder()
                        .addIdentities(identity("crmId", BadInputStage.ONE))
                        .addIdentities(identity("crmId", BadInputStage.OTHER)),
                "identities IDENTITY_CLASH");
        row(cases, "an offset for a time zone", ADA.toBuilder().setTimeZone("+1"), "time_zone");
    }

    /// The second row of a batch is wrong.
    private static void row(
            List<BadInput> cases, String what, Profile.Builder second, String field) {
        violates(
                cases,
                "batch: " + what,
                Role.TRIGGER,
                ProfileServiceGrpc.getBatchUpsertProfilesMethod(),
                BatchUpsertProfilesRequest.newBuilder()
                        .setParent(OWN)
                        .addProfiles(ADA)
                        .addProfiles(second),
                "profiles[1]." + field);
    }

    private static void imports(List<BadInput> cases) {
        var method = ProfileServiceGrpc.getImportProfilesMethod();
        violates(
                cases,
                "import: of no name",
                Role.OPERATOR,
                method,
                rows().clearImportId(),
                "import_id REQUIRED");
        violates(
                cases,
                "import: a name with spaces",
                Role.OPERATOR,
                method,
                rows().setImportId("last night"),
                "import_id");
        violates(
                cases,
                "import: nobody",
                Role.OPERATOR,
                method,
                rows().clearProfiles(),
                "profiles REQUIRED");
        violates(
                cases,
                "import: 1,001 people in a message",
                Role.OPERATOR,
                method,
                rows().addAllProfiles(Collections.nCopies(1_000, ADA)),
                "profiles");
        violates(
                cases,
                "import: into nothing",
                Role.OPERATOR,
                method,
                rows().clearParent(),
                "parent REQUIRED");
        findsNothing(
                cases,
                "import: into another workspace",
                Role.OPERATOR,
                method,
                rows().setParent("workspaces/other"));
        isNotPermitted(cases, "role: viewer imports people", Role.VIEWER, method, rows());
    }

    private static List<Profile> peopleOfThree(int people) {
        return IntStream.range(0, people)
                .mapToObj(number ->
                        Profile.newBuilder()
                                .addIdentities(identity("crmId", "many-" + number))
                                .addIdentities(identity("loyalty", "many-" + number))
                                .addIdentities(identity("card", "many-" + number))
                                .build())
                .toList();
    }

    private static ImportProfilesRequest.Builder rows() {
        return ImportProfilesRequest.newBuilder()
                .setParent(OWN)
                .setImportId("crm")
                .addProfiles(ADA);
    }
}
