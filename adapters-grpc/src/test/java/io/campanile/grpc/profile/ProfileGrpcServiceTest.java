package io.campanile.grpc.profile;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.profile.SaidConsents.current;
import static io.campanile.grpc.profile.SaidConsents.history;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.domain.access.Role;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.ProfileCalls;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentRecord;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.GetProfileRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.LookUpProfileRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.UpsertProfileRequest;
import io.grpc.Status.Code;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class ProfileGrpcServiceTest {
    private static final Value NOTHING =
            Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    private static final Identity CRM = identity("crmId", "42");
    private static final Identity MAIL = identity("email", "ada@example.com");

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    private ProfileServiceGrpc.ProfileServiceBlockingStub as(Role role) {
        return world.stub(ProfileServiceGrpc::newBlockingStub, role);
    }

    @Test
    void knowsAPersonUnderEveryIdentityItIsTold() {
        Profile created = upserted(CRM);
        Profile extended = upserted(MAIL, CRM);

        assertThat(extended.getName()).isEqualTo(created.getName());
        assertThat(extended.getIdentitiesList()).containsExactly(CRM, MAIL);
        assertThat(lookedUp(Role.OPERATOR, MAIL)).isEqualTo(extended);
        assertThat(
                        as(Role.OPERATOR)
                                .getProfile(
                                        GetProfileRequest.newBuilder()
                                                .setName(created.getName())
                                                .build()))
                .isEqualTo(extended);
        assertThat(listed()).containsExactly(extended);
        assertThat(upserted(MAIL)).isEqualTo(extended);
    }

    @Test
    void masksThePersonBeforeWhoNeedsNotKnow() {
        upserted(MAIL);

        assertThat(lookedUp(Role.TRIGGER, MAIL).getIdentitiesList())
                .containsExactly(identity("email", "a***@example.com"));
    }

    @Test
    void laysAttributesOverThoseThatAreKnownAndReplacesTheRest() {
        upserted(
                details("firstName", "Ada")
                        .addEmailAddresses("Ada@Example.com")
                        .setLocale("de-AT")
                        .setTimeZone("Europe/Vienna"));

        Profile learned = upserted(details("city", "Graz").addEmailAddresses("ada@home.example"));

        assertThat(learned.getAttributes().getFieldsMap())
                .containsOnlyKeys("firstName", "city")
                .containsEntry("firstName", text("Ada"));
        assertThat(learned.getEmailAddressesList()).containsExactly("ada@home.example");
        assertThat(learned.getLocale()).isEqualTo("de-AT");
        assertThat(learned.getTimeZone()).isEqualTo("Europe/Vienna");
        Profile forgotten =
                upserted(
                        Profile.newBuilder()
                                .addIdentities(CRM)
                                .setAttributes(
                                        Struct.newBuilder()
                                                .putFields("city", NOTHING)
                                                .putFields("vip", text("yes"))));
        assertThat(forgotten.getAttributes().getFieldsMap()).containsOnlyKeys("firstName", "vip");
    }

    @Test
    void showsNothingThatTellsWhoItIsToWhoNeedsNotKnow() {
        upserted(details("firstName", "Ada").addEmailAddresses("ada@example.com"));

        Profile shown = lookedUp(Role.TRIGGER, CRM);

        assertThat(shown.hasAttributes()).isFalse();
        assertThat(shown.getEmailAddressesList()).containsExactly("a***@example.com");
    }

    @Test
    void refusesAttributesThatGrowBeyondTheLimit() {
        upserted(details("one", "x".repeat(40_000)));

        var error = refusal(() -> upserted(details("other", "x".repeat(40_000))));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(reason(error)).isEqualTo("ATTRIBUTES_TOO_LARGE");
    }

    private static Profile.Builder details(String attribute, String value) {
        return Profile.newBuilder()
                .addIdentities(CRM)
                .setAttributes(Struct.newBuilder().putFields(attribute, text(value)));
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    @Test
    void refusesToMakeOnePersonOfTwo() {
        Profile one = upserted(CRM);
        Profile other = upserted(MAIL);

        var error = refusal(() -> upserted(CRM, MAIL));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(reason(error)).isEqualTo("IDENTITY_CLASH");
        assertThat(listed()).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void refusesMoreIdentitiesThanAPersonHas() {
        Identity[] twenty =
                IntStream.range(0, 20)
                        .mapToObj(number -> identity("card", "c-" + number))
                        .toArray(Identity[]::new);
        upserted(twenty);

        var error = refusal(() -> upserted(twenty[0], CRM));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(reason(error)).isEqualTo("TOO_MANY_IDENTITIES");
    }

    @Test
    void changesNothingWhenItOnlyValidates() {
        var _ =
                as(Role.TRIGGER)
                        .upsertProfile(upsert(CRM).toBuilder().setValidateOnly(true).build());
        var _ =
                as(Role.TRIGGER)
                        .recordConsent(
                                record(subject(CRM), Consent.State.STATE_DENIED, "").toBuilder()
                                        .setValidateOnly(true)
                                        .build());

        assertThat(listed()).isEmpty();
    }

    @Test
    void recordsWhatSomebodySaidAndShowsWhatCounts() {
        Profile ada = upserted(CRM);
        ConsentRecord granted = recorded(subject(CRM), Consent.State.STATE_GRANTED, "");
        ConsentRecord denied = recorded(subject(CRM), Consent.State.STATE_DENIED, "offers");
        var byName = ConsentSubject.newBuilder().setProfile(ada.getName()).build();
        ConsentRecord again = recorded(byName, Consent.State.STATE_GRANTED, "offers");

        assertThat(again.getProfile()).isEqualTo(ada.getName());
        assertThat(again.getConsent().toBuilder().clearSayTime().build())
                .isEqualTo(consent(Consent.State.STATE_GRANTED, "offers"));
        assertThat(again.getConsent().hasSayTime()).isTrue();
        assertThat(again.getCreator()).startsWith(OWN + "/apiKeys/");
        assertThat(current(as(Role.OPERATOR), subject(CRM))).containsExactly(granted, again);
        assertThat(history(as(Role.OPERATOR), byName))
                .containsExactlyInAnyOrder(granted, denied, again);
    }

    @Test
    void makesAProfileOfAnIdentityThatNobodyKnowsSoThatNoDenialIsLost() {
        ConsentRecord denied = recorded(subject(CRM), Consent.State.STATE_DENIED, "");

        assertThat(lookedUp(Role.OPERATOR, CRM).getName()).isEqualTo(denied.getProfile());
    }

    @Test
    void keepsWhatWasSaidForAnAddressInOneSpelling() {
        var spelled = addressOf("Ada@Example.com");
        ConsentRecord denied = recorded(spelled, Consent.State.STATE_DENIED, "");

        assertThat(denied.getAddress().getEmail()).isEqualTo("ada@example.com");
        assertThat(current(as(Role.OPERATOR), addressOf("ada@example.com")))
                .containsExactly(denied);
        assertThat(denied.getProfile()).isEmpty();
    }

    @Test
    void showsNeitherAddressNorProofToWhoNeedsNotKnow() {
        ConsentRecord shown =
                as(Role.TRIGGER)
                        .recordConsent(
                                record(
                                        addressOf("ada@example.com"),
                                        Consent.State.STATE_DENIED,
                                        ""));

        assertThat(shown.getAddress().getEmail()).isEqualTo("a***@example.com");
        assertThat(shown.getConsent().getProof()).isEmpty();
        assertThat(shown.getConsent().getSource()).isEqualTo("checkout");
    }

    @Test
    void takesATokenOfItsOwnWorkspaceForANo() {
        Profile ada = upserted(MAIL);
        ConsentRecord denied = unsubscribed(WorkspaceId.DEFAULT);

        assertThat(denied.getConsent().getState()).isEqualTo(Consent.State.STATE_DENIED);
        assertThat(denied.getConsent().getTopic()).isEqualTo("offers");
        assertThat(denied.getProfile()).isEqualTo(ada.getName());

        var error = refusal(() -> unsubscribed(GrpcWorld.OTHER));
        assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    }

    private ConsentRecord unsubscribed(WorkspaceId workspace) {
        String link =
                new UnsubscribeLinks(world.fakes.tokenKey)
                        .link(
                                "https://example.com",
                                new Occasion(
                                        workspace,
                                        io.campanile.domain.channel.Channel.EMAIL,
                                        Purpose.MARKETING,
                                        "offers"),
                                new io.campanile.domain.profile.Identity(
                                        "email", "ada@example.com"));
        return as(Role.TRIGGER)
                .recordConsent(
                        RecordConsentRequest.newBuilder()
                                .setParent(OWN)
                                .setSubject(
                                        ConsentSubject.newBuilder()
                                                .setUnsubscribeToken(
                                                        link.substring(link.indexOf('=') + 1)))
                                .build());
    }

    @Test
    void letsNoQuestionLiftADenial() {
        ConsentRecord denied = recorded(subject(CRM), Consent.State.STATE_DENIED, "offers");
        ConsentRecord asked =
                recorded(subject(CRM), Consent.State.STATE_PENDING, "offers").toBuilder()
                        .clearConfirmationToken()
                        .build();
        assertThat(current(as(Role.OPERATOR), subject(CRM))).containsExactly(denied);

        ConsentRecord confirmed = recorded(subject(CRM), Consent.State.STATE_GRANTED, "offers");

        assertThat(current(as(Role.OPERATOR), subject(CRM))).containsExactly(confirmed);
        assertThat(history(as(Role.OPERATOR), subject(CRM)))
                .containsExactly(confirmed, asked, denied);
    }

    @Test
    void knowsAnEmailAddressInEverySpelling() {
        Profile ada = upserted(identity("email", "Ada@Example.com"));

        assertThat(lookedUp(Role.OPERATOR, MAIL)).isEqualTo(ada);
        assertThat(ada.getIdentitiesList()).containsExactly(MAIL);
    }

    @Test
    void saysThatItKnowsNobodyWithoutRepeatingTheIdentity() {
        var error = refusal(() -> current(as(Role.OPERATOR), subject(MAIL)));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(error.toString()).doesNotContain("ada@");
    }

    private Profile upserted(Identity... identities) {
        return as(Role.OPERATOR).upsertProfile(upsert(identities));
    }

    private Profile upserted(Profile.Builder profile) {
        return as(Role.OPERATOR).upsertProfile(upsert(profile));
    }

    private static UpsertProfileRequest upsert(Identity... identities) {
        return upsert(Profile.newBuilder().addAllIdentities(List.of(identities)));
    }

    private static UpsertProfileRequest upsert(Profile.Builder profile) {
        return ProfileCalls.upsert(profile);
    }

    private Profile lookedUp(Role role, Identity identity) {
        return as(role).lookUpProfile(
                        LookUpProfileRequest.newBuilder()
                                .setParent(OWN)
                                .setIdentity(identity)
                                .build());
    }

    private List<Profile> listed() {
        return as(Role.OPERATOR)
                .listProfiles(ListProfilesRequest.newBuilder().setParent(OWN).build())
                .getProfilesList();
    }

    private ConsentRecord recorded(ConsentSubject subject, Consent.State state, String topic) {
        return as(Role.OPERATOR).recordConsent(record(subject, state, topic));
    }

    private static RecordConsentRequest record(
            ConsentSubject subject, Consent.State state, String topic) {
        return RecordConsentRequest.newBuilder()
                .setParent(OWN)
                .setSubject(subject)
                .setConsent(consent(state, topic))
                .build();
    }

    private static Consent consent(Consent.State state, String topic) {
        return Consent.newBuilder()
                .setState(state)
                .setChannel(Channel.CHANNEL_EMAIL)
                .setPurpose(Consent.Purpose.PURPOSE_MARKETING)
                .setTopic(topic)
                .setSource("checkout")
                .setProof("order 17")
                .build();
    }

    private static ConsentSubject subject(Identity identity) {
        return ConsentSubject.newBuilder().setIdentity(identity).build();
    }

    private static ConsentSubject addressOf(String email) {
        return ConsentSubject.newBuilder()
                .setAddress(ChannelAddress.newBuilder().setEmail(email))
                .build();
    }
}
