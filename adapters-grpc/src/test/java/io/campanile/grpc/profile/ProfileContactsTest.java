package io.campanile.grpc.profile;

import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.ProfileCalls.tenAddresses;
import static io.campanile.grpc.testing.ProfileCalls.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.domain.access.Role;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Identity;
import io.campanile.v1.LookUpProfileRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.PushToken;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ProfileContactsTest {
    private static final Identity CRM = identity("crmId", "42");

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @Test
    void keepsPhoneNumbersInOneFormAndTakesTokensForValidUntilToldOtherwise() {
        Profile known =
                upserted(
                        ada().addPhoneNumbers("+43 (0)664 / 123-4567")
                                .addPhoneNumbers("+1 202 555 0123")
                                .addPushTokens(token("t-1"))
                                .addPushTokens(token("t-2").setValid(false)));

        assertThat(known.getPhoneNumbersList()).containsExactly("+436641234567", "+12025550123");
        assertThat(known.getPushTokensList())
                .containsExactly(
                        token("t-1").setValid(true).build(), token("t-2").setValid(false).build());
        assertThat(lookedUp(Role.OPERATOR, CRM)).isEqualTo(known);
        assertThat(upserted(attribute("city", "Graz")).getPhoneNumbersList()).hasSize(2);
    }

    @Test
    void forgetsNumbersAndTokensThatTheMaskNamesAndTheRequestDoesNot() {
        upserted(ada().addPhoneNumbers("+436641234567").addPushTokens(token("t-1")));

        Profile forgotten =
                as(Role.OPERATOR)
                        .upsertProfile(
                                upsert(Profile.newBuilder().addIdentities(CRM)).toBuilder()
                                        .setUpdateMask(
                                                FieldMask.newBuilder()
                                                        .addPaths("phone_numbers")
                                                        .addPaths("push_tokens"))
                                        .build());

        assertThat(forgotten.getPhoneNumbersList()).isEmpty();
        assertThat(forgotten.getPushTokensList()).isEmpty();
        assertThat(forgotten.getAttributes().getFieldsMap()).containsOnlyKeys("firstName");
    }

    private static PushToken.Builder token(String token) {
        return PushToken.newBuilder()
                .setPlatform(PushToken.Platform.PLATFORM_IOS)
                .setAppId("com.example.shop")
                .setToken(token);
    }

    @Test
    void areMaskedBeforeWhoNeedsNotKnow() {
        upserted(ada().addPhoneNumbers("+436641234567").addPushTokens(token("t-1")));

        Profile shown = lookedUp(Role.TRIGGER, CRM);

        assertThat(shown.getPhoneNumbersList()).containsExactly("+***67");
        assertThat(shown.getPushTokensList()).containsExactly(token("***").setValid(true).build());
    }

    @Test
    void rememberTheAddressesThatTheyReplaceForWhoMayKnow() {
        upserted(ada().addEmailAddresses("Ada@Example.com").addEmailAddresses("ada@home.example"));

        Profile moved = upserted(ada().addEmailAddresses("ada@home.example"));

        assertThat(moved.getFormerEmailAddressesList()).containsExactly("ada@example.com");
        assertThat(lookedUp(Role.OPERATOR, CRM)).isEqualTo(moved);
        assertThat(lookedUp(Role.TRIGGER, CRM).getFormerEmailAddressesList())
                .containsExactly("a***@example.com");
    }

    @Test
    void areLaidBehindThoseThatAreKnownByWhoSeesNoneOfThem() {
        upserted(
                ada().addEmailAddresses("Ada@Example.com")
                        .addPhoneNumbers("+436641234567")
                        .addPushTokens(token("t-1").setValid(false)));

        Profile shown =
                as(Role.TRIGGER)
                        .upsertProfile(
                                upsert(Profile.newBuilder().addIdentities(CRM)).toBuilder()
                                        .addAddEmailAddresses("ada@home.example")
                                        .addAddEmailAddresses("ada@EXAMPLE.com")
                                        .addAddPhoneNumbers("+43 (0)664 / 123-4567")
                                        .addAddPhoneNumbers("+1 202 555 0123")
                                        .addAddPushTokens(token("t-2"))
                                        .addAddPushTokens(token("t-1"))
                                        .build());

        assertThat(shown.getPushTokensList()).extracting(PushToken::getToken).containsOnly("***");
        Profile known = lookedUp(Role.OPERATOR, CRM);
        assertThat(known.getEmailAddressesList())
                .containsExactly("Ada@Example.com", "ada@home.example");
        assertThat(known.getPhoneNumbersList()).containsExactly("+436641234567", "+12025550123");
        assertThat(known.getPushTokensList())
                .containsExactly(
                        token("t-1").setValid(false).build(), token("t-2").setValid(true).build());
        assertThat(known.getAttributes().getFieldsMap()).containsOnlyKeys("firstName");
    }

    @Test
    void changeNothingWhereTheyAreKnownInAnotherSpelling() {
        Profile full = upserted(ada().addAllEmailAddresses(tenAddresses()));

        Profile same =
                as(Role.OPERATOR)
                        .upsertProfile(
                                upsert(Profile.newBuilder().addIdentities(CRM)).toBuilder()
                                        .addAddEmailAddresses("ADA-3@example.com")
                                        .build());

        assertThat(same).isEqualTo(full);
    }

    @Test
    void areRefusedWhereThereIsNoRoom() {
        Profile full = upserted(ada().addAllEmailAddresses(tenAddresses()));

        var error =
                ErrorDetails.refusal(() ->
                        as(Role.OPERATOR)
                                .upsertProfile(
                                        upsert(ada()).toBuilder()
                                                .addAddEmailAddresses("ada@example.com")
                                                .addAddPhoneNumbers("+436641234567")
                                                .build()));

        assertThat(ErrorDetails.fieldReasons(error))
                .containsExactly("add_email_addresses OUT_OF_RANGE");
        assertThat(lookedUp(Role.OPERATOR, CRM)).isEqualTo(full);
    }

    private ProfileServiceGrpc.ProfileServiceBlockingStub as(Role role) {
        return world.stub(ProfileServiceGrpc::newBlockingStub, role);
    }

    private static Profile.Builder ada() {
        return attribute("firstName", "Ada");
    }

    private static Profile.Builder attribute(String name, String value) {
        return Profile.newBuilder()
                .addIdentities(CRM)
                .setAttributes(
                        Struct.newBuilder()
                                .putFields(name, Value.newBuilder().setStringValue(value).build()));
    }

    private Profile upserted(Profile.Builder profile) {
        return as(Role.OPERATOR).upsertProfile(upsert(profile));
    }

    private Profile lookedUp(Role role, Identity identity) {
        return as(role).lookUpProfile(
                        LookUpProfileRequest.newBuilder()
                                .setParent(OWN)
                                .setIdentity(identity)
                                .build());
    }
}
