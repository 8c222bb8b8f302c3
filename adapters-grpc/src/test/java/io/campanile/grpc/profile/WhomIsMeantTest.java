package io.campanile.grpc.profile;

import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.EraseProfileRequest;
import io.campanile.v1.GetProfileRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.UpsertProfileRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Callers who say whom they mean, besides by identities: by name, by what they have seen, or that
/// it is somebody new.
class WhomIsMeantTest {

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles =
            ProfileServiceGrpc.newBlockingStub(world.channel)
                    .withCallCredentials(GrpcWorld.as(Role.OPERATOR));

    @Test
    void givesAPersonOfANameIdentitiesThatNobodyKnew() {
        Profile ada = upserted(person("42"));

        Profile known = upserted(person("a@x.example").setName(ada.getName()));

        assertThat(known.getName()).isEqualTo(ada.getName());
        assertThat(known.getIdentitiesList())
                .containsExactly(identity("42"), identity("a@x.example"));
        assertThat(upserted(person("a@x.example")).getName()).isEqualTo(ada.getName());
    }

    @Test
    void takesNobodyForThePersonOfAName() {
        Profile former = upserted(person("42", "a@x.example"));
        Profile present = upserted(person("43"));
        var row = person("43", "a@x.example").setName(present.getName());

        StatusRuntimeException error = refused(upsert(row));
        assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(ErrorDetails.reason(error)).isEqualTo("IDENTITY_CLASH");
        var stranger = person("44", "a@x.example").setName(present.getName());
        assertThat(ErrorDetails.reason(refused(upsert(stranger)))).isEqualTo("IDENTITY_CLASH");

        assertThat(batchViolations(person("42"), row))
                .containsExactly("profiles[1].identities IDENTITY_CLASH");
        assertThat(listed()).containsExactlyInAnyOrder(former, present);
    }

    @Test
    void learnsByNameInBatchesToo() {
        Profile ada = upserted(person("42"));

        List<Profile> learned =
                batch(person("a@x.example").setName(ada.getName()), person("a@x.example"));

        assertThat(learned).extracting(Profile::getName).containsOnly(ada.getName());
        assertThat(listed()).containsExactly(learned.getLast());
    }

    @Test
    void knowsNobodyByANameThatIsGone() {
        Profile ada = upserted(person("42"));
        Profile merged = upserted(person("43"));
        var _ = profiles.mergeProfiles(merge(ada, merged).build());
        assertThat(refused(upsert(person("44").setName(merged.getName()))).getStatus().getCode())
                .isEqualTo(Code.NOT_FOUND);

        var _ =
                profiles.eraseProfile(
                        EraseProfileRequest.newBuilder().setName(ada.getName()).build());
        assertThat(refused(upsert(person("44").setName(ada.getName()))).getStatus().getCode())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(batchViolations(person("44").setName(ada.getName())))
                .containsExactly("profiles[0].name REFERENCE_NOT_FOUND");
        assertThat(listed()).isEmpty();
    }

    @Test
    void makesSomebodyNewOnlyWhereNobodyIsKnown() {
        UpsertProfileRequest customer =
                upsert(person("43", "a@x.example")).toBuilder().setNewOnly(true).build();
        Profile former = upserted(person("42", "a@x.example"));

        StatusRuntimeException error = refused(customer);
        assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(ErrorDetails.reason(error)).isEqualTo("IDENTITY_CLASH");
        assertThat(error.toString()).doesNotContain("a@x");
        assertThat(listed()).containsExactly(former);

        var stranger = upsert(person("43")).toBuilder().setNewOnly(true).build();
        assertThat(profiles.upsertProfile(stranger).getName()).isNotEqualTo(former.getName());
        assertThat(ErrorDetails.reason(refused(stranger))).isEqualTo("IDENTITY_CLASH");
        assertThat(ErrorDetails.info(refused(customer)).getMetadataMap())
                .containsKey("profile")
                .doesNotContainKey("otherProfile");
    }

    @Test
    void refusesWhatWasDecidedBeforeSomebodyElseWasFaster() {
        Profile seen = upserted(person("42").addEmailAddresses("a@example.com"));
        Profile faster =
                upserted(
                        person("42")
                                .setEtag(seen.getEtag())
                                .addEmailAddresses("a@example.com")
                                .addEmailAddresses("b@example.com"));

        StatusRuntimeException error =
                refused(
                        upsert(
                                person("42")
                                        .setEtag(seen.getEtag())
                                        .addEmailAddresses("a@example.com")
                                        .addEmailAddresses("c@example.com")));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.ABORTED);
        assertThat(ErrorDetails.reason(error)).isEqualTo("ETAG_MISMATCH");
        assertThat(faster.getEtag()).isNotEqualTo(seen.getEtag());
        assertThat(
                        profiles.getProfile(
                                GetProfileRequest.newBuilder().setName(seen.getName()).build()))
                .isEqualTo(faster);
    }

    @Test
    void takesWhatItAnsweredAsItWasAnswered() {
        Profile ada = upserted(person("42"));
        Profile app = upserted(person("43"));
        assertThat(upserted(ada.toBuilder())).isEqualTo(ada);

        Profile merged = profiles.mergeProfiles(merge(ada, app).build());

        assertThat(merged.getEtag()).isNotEqualTo(ada.getEtag());
        assertThat(upserted(merged.toBuilder().setLocale("de")).getLocale()).isEqualTo("de");
    }

    private Profile upserted(Profile.Builder profile) {
        return profiles.upsertProfile(upsert(profile));
    }

    private StatusRuntimeException refused(UpsertProfileRequest request) {
        return ErrorDetails.refusal(() -> profiles.upsertProfile(request));
    }

    private static UpsertProfileRequest upsert(Profile.Builder profile) {
        return UpsertProfileRequest.newBuilder().setParent(OWN).setProfile(profile).build();
    }

    private List<Profile> batch(Profile.Builder... rows) {
        var request = BatchUpsertProfilesRequest.newBuilder().setParent(OWN);
        for (Profile.Builder row : rows) {
            request.addProfiles(row);
        }
        return profiles.batchUpsertProfiles(request.build()).getProfilesList();
    }

    private List<String> batchViolations(Profile.Builder... rows) {
        return ErrorDetails.fieldReasons(ErrorDetails.refusal(() -> batch(rows)));
    }

    private List<Profile> listed() {
        return profiles.listProfiles(ListProfilesRequest.newBuilder().setParent(OWN).build())
                .getProfilesList();
    }

    private static Profile.Builder person(String... keys) {
        var person = Profile.newBuilder();
        for (String key : keys) {
            person.addIdentities(identity(key));
        }
        return person;
    }

    /// With an `@`, an address.
    private static Identity identity(String key) {
        return Identity.newBuilder()
                .setNamespace(key.contains("@") ? "email" : "crmId")
                .setValue(key)
                .build();
    }
}
