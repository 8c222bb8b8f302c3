package io.campanile.grpc.profile;

import static io.campanile.grpc.call.ErrorDetails.fieldReasons;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.profile.SaidConsents.current;
import static io.campanile.grpc.profile.SaidConsents.history;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.BatchRecordConsentsRequest;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.Consent;
import io.campanile.v1.Consent.State;
import io.campanile.v1.ConsentRecord;
import io.campanile.v1.ConsentStatement;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RecordConsentRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Consents that are brought over from another system.
class BatchRecordConsentsTest {
    private static final String NOBODY = OWN + "/profiles/00000000-0000-7000-8000-000000000000";
    private static final ConsentSubject ADA =
            ConsentSubject.newBuilder().setIdentity(identity("crmId", "42")).build();
    private static final Timestamp LONG_AGO =
            Timestamp.newBuilder().setSeconds(1_620_000_000).setNanos(123_456_789).build();

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles =
            world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR);

    @Test
    void keepsWhenItWasSaid() {
        ConsentRecord granted = recorded(statement(ADA, State.STATE_GRANTED, LONG_AGO)).getFirst();

        assertThat(granted.getConsent().getSayTime())
                .isEqualTo(LONG_AGO.toBuilder().setNanos(123_456_000).build());
        assertThat(granted.getCreateTime().getSeconds()).isGreaterThan(LONG_AGO.getSeconds());
        assertThat(granted.getConsent().getProof()).isEmpty();
        assertThat(current(profiles, ADA).getFirst().getConsent().getProof())
                .isEqualTo("opt-in 17");
    }

    @Test
    void changesNothingWhenItIsSentAgainAfterTheyRefused() {
        List<ConsentRecord> brought = recorded(statement(ADA, State.STATE_GRANTED, LONG_AGO));
        ConsentRecord denied =
                recorded(
                                ConsentStatement.newBuilder()
                                        .setSubject(ADA)
                                        .setConsent(consent(State.STATE_DENIED))
                                        .build())
                        .getFirst();

        assertThat(recorded(statement(ADA, State.STATE_GRANTED, LONG_AGO))).isEqualTo(brought);

        assertThat(current(profiles, ADA))
                .extracting(ConsentRecord::getName)
                .containsExactly(denied.getName());
        assertThat(history(profiles, ADA))
                .extracting(ConsentRecord::getName)
                .containsExactly(denied.getName(), brought.getFirst().getName());
    }

    @Test
    void recordsARefusalOfAClockThatIsAheadAsSaidNow() {
        var soon = Timestamp.newBuilder().setSeconds(System.currentTimeMillis() / 1_000 + 60);

        ConsentRecord one =
                profiles.recordConsent(
                        RecordConsentRequest.newBuilder()
                                .setParent(OWN)
                                .setSubject(ADA)
                                .setConsent(consent(State.STATE_DENIED).setSayTime(soon))
                                .build());
        ConsentRecord ofMany =
                recorded(statement(ADA, State.STATE_DENIED, soon.build())).getFirst();

        assertThat(one.getConsent().getSayTime()).isEqualTo(one.getCreateTime());
        assertThat(ofMany.getConsent().getSayTime()).isEqualTo(ofMany.getCreateTime());
    }

    @Test
    void takesNoYesThatIsAheadWhichARepetitionWouldLayBehindARefusal() {
        var soon =
                Timestamp.newBuilder().setSeconds(System.currentTimeMillis() / 1_000 + 60).build();

        assertThat(
                        violations(
                                statement(ADA, State.STATE_DENIED, soon),
                                statement(ADA, State.STATE_GRANTED, soon)))
                .containsExactly("statements[1].consent.say_time OUT_OF_RANGE");
    }

    @Test
    void givesWhomItAsksATokenOfTheirOwn() {
        ConsentRecord asked = recorded(statement(ADA, State.STATE_PENDING, LONG_AGO)).getFirst();

        assertThat(asked.getConfirmationToken()).isNotEmpty();
    }

    @Test
    void tellsOfEachStatementThatIsWrongAndRecordsNone() {
        ConsentStatement first = statement(ADA, State.STATE_GRANTED, LONG_AGO);
        assertThat(
                        violations(
                                first,
                                statement(
                                        ConsentSubject.newBuilder()
                                                .setUnsubscribeToken("token")
                                                .build(),
                                        State.STATE_DENIED,
                                        LONG_AGO),
                                statement(address("nowhere"), State.STATE_DENIED, LONG_AGO),
                                statement(
                                        profile(NOBODY.replace("default", "other")),
                                        State.STATE_DENIED,
                                        LONG_AGO)))
                .containsExactly(
                        "statements[1].subject.unsubscribe_token SYNTAX",
                        "statements[2].subject.address.email ADDRESS_MALFORMED",
                        "statements[3].subject.profile REFERENCE_NOT_FOUND");
        assertThat(violations(first, statement(profile(NOBODY), State.STATE_DENIED, LONG_AGO)))
                .containsExactly("statements[1].subject.profile REFERENCE_NOT_FOUND");

        assertThat(
                        profiles.listProfiles(
                                        ListProfilesRequest.newBuilder().setParent(OWN).build())
                                .getProfilesList())
                .isEmpty();
    }

    private List<String> violations(ConsentStatement... statements) {
        return fieldReasons(refusal(() -> recorded(statements)));
    }

    private List<ConsentRecord> recorded(ConsentStatement... statements) {
        return profiles.batchRecordConsents(
                        BatchRecordConsentsRequest.newBuilder()
                                .setParent(OWN)
                                .addAllStatements(List.of(statements))
                                .build())
                .getConsentRecordsList();
    }

    private static ConsentStatement statement(
            ConsentSubject subject, State state, Timestamp sayTime) {
        return ConsentStatement.newBuilder()
                .setSubject(subject)
                .setConsent(consent(state).setSayTime(sayTime))
                .build();
    }

    private static Consent.Builder consent(State state) {
        return Consent.newBuilder()
                .setState(state)
                .setChannel(Channel.CHANNEL_EMAIL)
                .setPurpose(Consent.Purpose.PURPOSE_MARKETING)
                .setSource("listmonk")
                .setProof("opt-in 17");
    }

    private static ConsentSubject profile(String name) {
        return ConsentSubject.newBuilder().setProfile(name).build();
    }

    private static ConsentSubject address(String email) {
        return ConsentSubject.newBuilder()
                .setAddress(ChannelAddress.newBuilder().setEmail(email))
                .build();
    }
}
