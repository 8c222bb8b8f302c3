package io.campanile.grpc.profile;

import static io.campanile.grpc.profile.SaidConsents.current;
import static io.campanile.grpc.profile.SaidConsents.history;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.ProfileCalls.merge;
import static io.campanile.grpc.testing.ProfileCalls.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.call.Refused;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Channel;
import io.campanile.v1.ConfirmConsentRequest;
import io.campanile.v1.Consent;
import io.campanile.v1.Consent.State;
import io.campanile.v1.ConsentRecord;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RecordConsentRequest;
import io.grpc.Status.Code;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DoubleOptInTest {
    private static final ConsentSubject ADA =
            ConsentSubject.newBuilder().setIdentity(identity("crmId", "42")).build();
    private static final ConsentSubject BOB =
            ConsentSubject.newBuilder().setIdentity(identity("crmId", "43")).build();

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles =
            world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR);

    private ConsentRecord said(State state) {
        return said(ADA, state);
    }

    private ConsentRecord said(ConsentSubject subject, State state) {
        return profiles.recordConsent(
                RecordConsentRequest.newBuilder()
                        .setParent(OWN)
                        .setSubject(subject)
                        .setConsent(
                                Consent.newBuilder()
                                        .setChannel(Channel.CHANNEL_EMAIL)
                                        .setPurpose(Consent.Purpose.PURPOSE_MARKETING)
                                        .setTopic("offers")
                                        .setState(state))
                        .build());
    }

    private ConsentRecord confirmed(String parent, ConsentRecord asked) {
        return profiles.confirmConsent(
                ConfirmConsentRequest.newBuilder()
                        .setParent(parent)
                        .setConfirmationToken(asked.getConfirmationToken())
                        .build());
    }

    private Refused refusal(String parent, ConsentRecord asked) {
        return Refused.of(ErrorDetails.refusal(() -> confirmed(parent, asked)));
    }

    @Test
    void grantsWhatWasAskedOnce() {
        ConsentRecord asked = said(State.STATE_PENDING);

        ConsentRecord granted = confirmed(OWN, asked);

        assertThat(granted.getConsent())
                .isEqualTo(
                        asked.getConsent().toBuilder()
                                .setState(State.STATE_GRANTED)
                                .setProof("confirms " + asked.getName())
                                .setSayTime(granted.getCreateTime())
                                .build());
        assertThat(confirmed(OWN, asked)).isEqualTo(granted);
        assertThat(current(profiles, ADA)).containsExactly(granted);
    }

    @Test
    void givesATokenToWhoeverAsksAndToNobodyElse() {
        assertThat(said(State.STATE_GRANTED).getConfirmationToken()).isEmpty();
        assertThat(said(State.STATE_DENIED).getConfirmationToken()).isEmpty();
        assertThat(said(State.STATE_PENDING).getConfirmationToken()).isNotEmpty();
        assertThat(history(profiles, ADA))
                .hasSize(3)
                .allMatch(record -> record.getConfirmationToken().isEmpty());
    }

    @Test
    void liftsARefusalThatCameBeforeTheQuestion() {
        said(State.STATE_DENIED);
        ConsentRecord asked = said(State.STATE_PENDING);

        ConsentRecord granted = confirmed(OWN, asked);

        assertThat(current(profiles, ADA)).containsExactly(granted);
    }

    @Test
    void takesNothingAwayFromAYesAndIsRecordedWhenItIsAnswered() {
        ConsentRecord before = said(State.STATE_GRANTED);
        ConsentRecord asked = said(State.STATE_PENDING);
        assertThat(current(profiles, ADA)).containsExactly(before);

        ConsentRecord granted = confirmed(OWN, asked);

        assertThat(granted.getConsent().getProof()).isEqualTo("confirms " + asked.getName());
        assertThat(current(profiles, ADA)).containsExactly(granted);
        assertThat(confirmed(OWN, asked)).isEqualTo(granted);
        assertThat(history(profiles, ADA))
                .extracting(ConsentRecord::getName)
                .containsExactly(granted.getName(), asked.getName(), before.getName());
    }

    /// Only the click proves who said it, whatever else says so before it or after.
    @Test
    void isProvenThoughAnotherSourceSaidYesSinceTheQuestion() {
        ConsentRecord asked = said(State.STATE_PENDING);
        ConsentRecord synced = said(State.STATE_GRANTED);

        ConsentRecord granted = confirmed(OWN, asked);

        assertThat(granted.getConsent().getProof()).isEqualTo("confirms " + asked.getName());
        assertThat(current(profiles, ADA)).containsExactly(granted);

        ConsentRecord syncedAgain = said(State.STATE_GRANTED);
        assertThat(confirmed(OWN, asked)).isEqualTo(granted);
        assertThat(history(profiles, ADA))
                .extracting(ConsentRecord::getName)
                .containsExactly(
                        syncedAgain.getName(),
                        granted.getName(),
                        synced.getName(),
                        asked.getName());
    }

    /// Of two people who turn out to be one, the refusal counts, also the older one.
    @Test
    void doesNotAnswerYesWhileTheRefusalOfAnotherWhoIsTheSameCounts() {
        Profile bob = upserted("43");
        ConsentRecord denied = said(BOB, State.STATE_DENIED);
        Profile ada = upserted("42");
        ConsentRecord asked = said(State.STATE_PENDING);
        ConsentRecord granted = confirmed(OWN, asked);
        assertThat(confirmed(OWN, asked)).isEqualTo(granted);

        var _ = profiles.mergeProfiles(merge(ada, bob).build());

        assertThat(refusal(OWN, asked).reason())
                .isEqualTo(ErrorReason.ERROR_REASON_CONSENT_NOT_PENDING);
        assertThat(current(profiles, ADA))
                .extracting(ConsentRecord::getName)
                .containsExactly(denied.getName());
    }

    private Profile upserted(String crmId) {
        return profiles.upsertProfile(
                upsert(Profile.newBuilder().addIdentities(identity("crmId", crmId))));
    }

    @Test
    void replacesAQuestionThatCameBefore() {
        said(State.STATE_PENDING);
        ConsentRecord again = said(State.STATE_PENDING);

        assertThat(current(profiles, ADA))
                .extracting(ConsentRecord::getName)
                .containsExactly(again.getName());
    }

    @Test
    void doesNotLiftARefusalThatCameAfterIt() {
        ConsentRecord asked = said(State.STATE_PENDING);
        ConsentRecord denied = said(State.STATE_DENIED);

        assertThat(refusal(OWN, asked))
                .isEqualTo(
                        Refused.forGood(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_CONSENT_NOT_PENDING));
        assertThat(current(profiles, ADA)).containsExactly(denied);
    }
}
