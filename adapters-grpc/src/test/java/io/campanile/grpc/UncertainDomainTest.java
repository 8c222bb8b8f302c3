package io.campanile.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;

import io.campanile.domain.access.Role;
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
import io.campanile.v1.UpsertProfileRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Domains that are other ones to others, at every door but the triggers.
class UncertainDomainTest {
    private static final String OWN = "workspaces/default";
    private static final String DOMAIN = "stra\u00dfe.de";
    private static final String ADA = "ada@" + DOMAIN;

    private final GrpcWorld world = new GrpcWorld();
    private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles =
            ProfileServiceGrpc.newBlockingStub(world.channel)
                    .withCallCredentials(GrpcWorld.as(Role.OPERATOR));
    private final SuppressionServiceGrpc.SuppressionServiceBlockingStub suppressions =
            SuppressionServiceGrpc.newBlockingStub(world.channel)
                    .withCallCredentials(GrpcWorld.as(Role.OPERATOR));

    @AfterEach
    void stop() {
        world.close();
    }

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
        var error = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(violation(error).getField()).isEqualTo(field);
        assertThat(violation(error).getReason()).isEqualTo("ADDRESS_MALFORMED");
        assertThat(violation(error).getDescription()).contains("xn--").doesNotContain("stra");
    }

    private static BadRequest.FieldViolation violation(StatusRuntimeException error) {
        com.google.rpc.Status proto = StatusProto.fromThrowable(error);
        if (proto == null) {
            throw new AssertionError(error);
        }
        return proto.getDetailsList().stream()
                .filter(detail -> detail.is(BadRequest.class))
                .map(detail -> unpack(detail).getFieldViolations(0))
                .findFirst()
                .orElseThrow();
    }

    private static BadRequest unpack(Any detail) {
        try {
            return detail.unpack(BadRequest.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
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
                        UpsertProfileRequest.newBuilder()
                                .setParent(OWN)
                                .setProfile(
                                        Profile.newBuilder()
                                                .addIdentities(identity)
                                                .addEmailAddresses(address))
                                .build());
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

    private static Identity identity(String namespace, String value) {
        return Identity.newBuilder().setNamespace(namespace).setValue(value).build();
    }
}
