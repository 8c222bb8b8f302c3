package io.campanile.grpc.profile;

import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.merge;
import static io.campanile.grpc.testing.ProfileCalls.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Channel;
import io.campanile.v1.Consent;
import io.campanile.v1.Consent.State;
import io.campanile.v1.ConsentRecord;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.Identity;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.PushToken;
import io.campanile.v1.RecordConsentRequest;
import io.grpc.Status.Code;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class MergeProfilesTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles =
            world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR);

    private static Identity identity(String key) {
        return Identity.newBuilder().setNamespace("crmId").setValue(key).build();
    }

    private static PushToken.Builder token(String token) {
        return PushToken.newBuilder()
                .setPlatform(PushToken.Platform.PLATFORM_IOS)
                .setAppId("com.example.shop")
                .setToken(token);
    }

    private Profile known(Profile.Builder profile) {
        return profiles.upsertProfile(upsert(profile));
    }

    private Profile known(String key) {
        return known(Profile.newBuilder().addIdentities(identity(key)));
    }

    private static Struct struct(Map<String, String> values) {
        var struct = Struct.newBuilder();
        values.forEach((name, value) ->
                struct.putFields(name, Value.newBuilder().setStringValue(value).build()));
        return struct.build();
    }

    private void said(Profile person, String topic, State state) {
        var _ =
                profiles.recordConsent(
                        RecordConsentRequest.newBuilder()
                                .setParent(OWN)
                                .setSubject(
                                        ConsentSubject.newBuilder().setProfile(person.getName()))
                                .setConsent(
                                        Consent.newBuilder()
                                                .setChannel(Channel.CHANNEL_EMAIL)
                                                .setPurpose(Consent.Purpose.PURPOSE_MARKETING)
                                                .setTopic(topic)
                                                .setState(state))
                                .build());
    }

    private List<String> consents(Profile person) {
        ConsentSubject subject = ConsentSubject.newBuilder().setProfile(person.getName()).build();
        return SaidConsents.current(profiles, subject).stream()
                .map(ConsentRecord::getConsent)
                .map(consent -> consent.getTopic() + " " + consent.getState())
                .toList();
    }

    private List<Profile> listed() {
        return profiles.listProfiles(ListProfilesRequest.newBuilder().setParent(OWN).build())
                .getProfilesList();
    }

    @Test
    void makesOnePersonOfTwoOfWhomTheStayingOneWins() {
        Profile shop =
                known(
                        Profile.newBuilder()
                                .addIdentities(identity("shop-1"))
                                .addEmailAddresses("ada@example.com")
                                .addPhoneNumbers("+436641234567")
                                .addPushTokens(token("t-1").setValid(false))
                                .setLocale("de-AT")
                                .setAttributes(struct(Map.of("firstName", "Ada", "city", "Graz"))));
        Profile app =
                known(
                        Profile.newBuilder()
                                .addIdentities(identity("app-1"))
                                .addEmailAddresses("Ada@Example.com")
                                .addEmailAddresses("ada@example.org")
                                .addPhoneNumbers("+12025550123")
                                .addPhoneNumbers("+436641234567")
                                .addPushTokens(token("t-2"))
                                .addPushTokens(token("t-1"))
                                .setLocale("en-GB")
                                .setTimeZone("Europe/Vienna")
                                .setAttributes(struct(Map.of("firstName", "A.", "size", "M"))));

        Profile merged = profiles.mergeProfiles(merge(shop, app).build());

        assertThat(merged.getIdentitiesList())
                .containsExactly(identity("shop-1"), identity("app-1"));
        assertThat(merged.getEmailAddressesList())
                .containsExactly("ada@example.com", "ada@example.org");
        assertThat(merged.getPhoneNumbersList()).containsExactly("+436641234567", "+12025550123");
        assertThat(merged.getPushTokensList())
                .containsExactly(
                        token("t-1").setValid(false).build(), token("t-2").setValid(true).build());
        assertThat(merged.getLocale()).isEqualTo("de-AT");
        assertThat(merged.getTimeZone()).isEqualTo("Europe/Vienna");
        assertThat(merged.getAttributes())
                .isEqualTo(struct(Map.of("firstName", "Ada", "city", "Graz", "size", "M")));
        assertThat(listed()).containsExactly(merged);
    }

    @Test
    void letsDenialsOfEitherCountAndElseTheNewerWord() {
        Profile staying = known("shop-1");
        Profile gone = known("app-1");
        said(staying, "offers", State.STATE_DENIED);
        said(gone, "offers", State.STATE_GRANTED);
        said(gone, "news", State.STATE_DENIED);
        said(staying, "news", State.STATE_GRANTED);
        said(staying, "events", State.STATE_PENDING);
        said(gone, "events", State.STATE_GRANTED);
        said(staying, "sports", State.STATE_GRANTED);
        said(gone, "sports", State.STATE_PENDING);

        var _ = profiles.mergeProfiles(merge(staying, gone).build());

        assertThat(consents(staying))
                .containsExactly(
                        "events STATE_GRANTED",
                        "news STATE_DENIED",
                        "offers STATE_DENIED",
                        "sports STATE_GRANTED");
    }

    @Test
    void changesNothingWhenItOnlyValidatesAndCannotBeRepeated() {
        Profile staying = known("shop-1");
        Profile gone = known("app-1");

        Profile foretold =
                profiles.mergeProfiles(merge(staying, gone).setValidateOnly(true).build());
        assertThat(foretold.getIdentitiesCount()).isEqualTo(2);
        assertThat(listed()).containsExactlyInAnyOrder(staying, gone);

        var _ = profiles.mergeProfiles(merge(staying, gone).build());
        var error = refusal(() -> profiles.mergeProfiles(merge(staying, gone).build()));
        assertThat(error.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void refusesMoreIdentitiesThanAProfileHolds() {
        var many = Profile.newBuilder();
        for (int number = 0; number < 20; number++) {
            many.addIdentities(identity("shop-" + number));
        }
        Profile staying = known(many);
        Profile gone = known("app-1");

        var error = refusal(() -> profiles.mergeProfiles(merge(staying, gone).build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(listed()).containsExactlyInAnyOrder(staying, gone);
    }
}
