package io.campanile.grpc.profile;

import static io.campanile.grpc.call.ErrorDetails.fields;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.ProfileCalls.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.Identity;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.LookUpProfileRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RecordConsentRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Identities as they are shown to who need not know them, written back.
class MaskedIdentityTest {
    private final GrpcWorld world = new GrpcWorld();

    @BeforeEach
    void knowAda() {
        upserted(
                Profile.newBuilder()
                        .addIdentities(identity("email", "ada@example.com"))
                        .addIdentities(identity("crmId", "42"))
                        .build());
    }

    @AfterEach
    void stop() {
        assertThat(people()).isEqualTo(1);
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"email, ada@example.com", "crmId, 42"})
    void makeNobodyKnown(String namespace, String value) {
        Profile masked =
                Profile.newBuilder().addIdentities(shown(identity(namespace, value))).build();

        assertRefused(() -> upserted(masked), "profile.identities[0].value");
        assertRefused(
                () -> {
                    var _ =
                            stub(Role.OPERATOR)
                                    .batchUpsertProfiles(
                                            BatchUpsertProfilesRequest.newBuilder()
                                                    .setParent(OWN)
                                                    .addProfiles(masked)
                                                    .build());
                },
                "profiles[0].identities[0].value");
    }

    @ParameterizedTest
    @CsvSource({"email, ada@example.com", "crmId, 42"})
    void sayNothing(String namespace, String value) {
        Identity masked = shown(identity(namespace, value));

        assertRefused(
                () -> {
                    var _ =
                            stub(Role.OPERATOR)
                                    .recordConsent(
                                            RecordConsentRequest.newBuilder()
                                                    .setParent(OWN)
                                                    .setSubject(
                                                            ConsentSubject.newBuilder()
                                                                    .setIdentity(masked))
                                                    .setConsent(denial())
                                                    .build());
                },
                "subject.identity.value");
    }

    private static Consent.Builder denial() {
        return Consent.newBuilder()
                .setState(Consent.State.STATE_DENIED)
                .setPurpose(Consent.Purpose.PURPOSE_MARKETING)
                .setSource("checkout");
    }

    private static void assertRefused(Runnable call, String field) {
        var error = refusal(call::run);
        assertThat(fields(error)).containsExactly(field);
    }

    /// The identity as a caller sees it who may not identify people.
    private Identity shown(Identity identity) {
        return stub(Role.TRIGGER)
                .lookUpProfile(
                        LookUpProfileRequest.newBuilder()
                                .setParent(OWN)
                                .setIdentity(identity)
                                .build())
                .getIdentitiesList()
                .stream()
                .filter(shown -> shown.getNamespace().equals(identity.getNamespace()))
                .findFirst()
                .orElseThrow();
    }

    private void upserted(Profile profile) {
        var _ = stub(Role.OPERATOR).upsertProfile(upsert(profile));
    }

    private int people() {
        return stub(Role.OPERATOR)
                .listProfiles(ListProfilesRequest.newBuilder().setParent(OWN).build())
                .getProfilesCount();
    }

    private ProfileServiceGrpc.ProfileServiceBlockingStub stub(Role role) {
        return world.stub(ProfileServiceGrpc::newBlockingStub, role);
    }
}
