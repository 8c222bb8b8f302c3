package io.campanile.grpc;

import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.call.ErrorDetails.violations;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.ProfileCalls.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.AllowedEntry;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.Suppression;
import io.campanile.v1.SuppressionServiceGrpc;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Domains that are other ones to others, at every door but the triggers.
class UncertainDomainTest {
    private static final String DOMAIN = "stra\u00dfe.de";
    private static final String ADA = "ada@" + DOMAIN;

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles =
            world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR);
    private final SuppressionServiceGrpc.SuppressionServiceBlockingStub suppressions =
            world.stub(SuppressionServiceGrpc::newBlockingStub, Role.OPERATOR);

    @Test
    void areRefusedOnTheSuppressionList() {
        assertSaysWhatToDo(() -> suppressed(ADA), "suppression.target");
        assertSaysWhatToDo(() -> suppressed(DOMAIN), "suppression.target");
        suppressed("xn--strae-oqa.de");
    }

    @Test
    void areRefusedOnTheAllowedList() {
        assertSaysWhatToDo(
                () -> {
                    var _ =
                            suppressions.createAllowedEntry(
                                    CreateAllowedEntryRequest.newBuilder()
                                            .setParent(OWN)
                                            .setAllowedEntry(
                                                    AllowedEntry.newBuilder().setTarget(DOMAIN))
                                            .build());
                },
                "allowed_entry.target");
    }

    @Test
    void areRefusedInProfiles() {
        assertSaysWhatToDo(
                () -> upserted(identity("crmId", "42"), ADA), "profile.email_addresses[0]");
        assertSaysWhatToDo(
                () -> upserted(identity("email", ADA), "ada@example.com"),
                "profile.identities[0].value");
        upserted(identity("email", "ada@xn--strae-oqa.de"), "ada@xn--strae-oqa.de");
    }

    @Test
    void areRefusedWhenSomebodySaysSomething() {
        assertSaysWhatToDo(
                () ->
                        recorded(
                                ConsentSubject.newBuilder()
                                        .setAddress(ChannelAddress.newBuilder().setEmail(ADA))),
                "subject.address.email");
        assertSaysWhatToDo(
                () -> recorded(ConsentSubject.newBuilder().setIdentity(identity("email", ADA))),
                "subject.identity.value");
    }

    private static void assertSaysWhatToDo(Runnable call, String field) {
        var violation = violations(refusal(call::run)).getFirst();
        assertThat(violation.getField()).isEqualTo(field);
        assertThat(violation.getReason()).isEqualTo("ADDRESS_MALFORMED");
        assertThat(violation.getDescription()).contains("xn--").doesNotContain("stra");
    }

    private void suppressed(String target) {
        var _ =
                suppressions.createSuppression(
                        CreateSuppressionRequest.newBuilder()
                                .setParent(OWN)
                                .setSuppression(Suppression.newBuilder().setTarget(target))
                                .build());
    }

    private void upserted(Identity identity, String address) {
        var _ =
                profiles.upsertProfile(
                        upsert(
                                Profile.newBuilder()
                                        .addIdentities(identity)
                                        .addEmailAddresses(address)));
    }

    private void recorded(ConsentSubject.Builder subject) {
        var _ =
                profiles.recordConsent(
                        RecordConsentRequest.newBuilder()
                                .setParent(OWN)
                                .setSubject(subject)
                                .setConsent(
                                        Consent.newBuilder()
                                                .setState(Consent.State.STATE_DENIED)
                                                .setPurpose(Consent.Purpose.PURPOSE_MARKETING)
                                                .setSource("checkout"))
                                .build());
    }
}
