package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.isNotPermitted;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;

import com.google.protobuf.Timestamp;

import io.campanile.domain.access.Role;
import io.campanile.v1.BatchRecordConsentsRequest;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentStatement;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RecordConsentRequest;

import java.util.Collections;
import java.util.List;

/// Bad calls about what people said elsewhere, and when.
final class BadStatements {
    private static final ConsentSubject ADA =
            ConsentSubject.newBuilder().setIdentity(identity("crmId", "42")).build();
    private static final ConsentStatement DENIED =
            ConsentStatement.newBuilder().setSubject(ADA).setConsent(denied()).build();

    private BadStatements() {}

    static void add(List<BadInput> cases) {
        times(cases);
        var batch = ProfileServiceGrpc.getBatchRecordConsentsMethod();
        violates(
                cases,
                "statements: none",
                Role.TRIGGER,
                batch,
                statements().clearStatements(),
                "statements REQUIRED");
        violates(
                cases,
                "statements: 1,001",
                Role.TRIGGER,
                batch,
                statements().addAllStatements(Collections.nCopies(1_000, DENIED)),
                "statements");
        violates(
                cases,
                "statements: by nobody",
                Role.TRIGGER,
                batch,
                statements().addStatements(DENIED.toBuilder().clearSubject()),
                "statements[1].subject REQUIRED");
        violates(
                cases,
                "statements: of nothing",
                Role.TRIGGER,
                batch,
                statements().addStatements(DENIED.toBuilder().clearConsent()),
                "statements[1].consent REQUIRED");
        violates(
                cases,
                "statements: by a link",
                Role.TRIGGER,
                batch,
                statements()
                        .addStatements(
                                DENIED.toBuilder()
                                        .setSubject(
                                                ConsentSubject.newBuilder()
                                                        .setUnsubscribeToken("token"))),
                "statements[1].subject.unsubscribe_token SYNTAX");
        violates(
                cases,
                "statements: by a mask",
                Role.TRIGGER,
                batch,
                statements()
                        .addStatements(
                                DENIED.toBuilder()
                                        .setSubject(
                                                ConsentSubject.newBuilder()
                                                        .setIdentity(
                                                                identity(
                                                                        "email",
                                                                        "a***@b.example")))),
                "statements[1].subject.identity.value ADDRESS_MALFORMED");
        violates(
                cases,
                "statements: at a time that is none",
                Role.TRIGGER,
                batch,
                statements()
                        .addStatements(
                                deniedAt(
                                        Timestamp.newBuilder()
                                                .setSeconds(1_500_000_000)
                                                .setNanos(2_000_000_000))),
                "statements[1].consent.say_time OUT_OF_RANGE");
        violates(
                cases,
                "statements: said tomorrow",
                Role.TRIGGER,
                batch,
                statements().addStatements(deniedAt(Timestamp.newBuilder().setSeconds(tomorrow()))),
                "statements[1].consent.say_time OUT_OF_RANGE");
        findsNothing(
                cases,
                "statements: in another workspace",
                Role.TRIGGER,
                batch,
                statements().setParent("workspaces/other"));
        isNotPermitted(cases, "role: author records consents", Role.AUTHOR, batch, statements());
    }

    private static ConsentStatement.Builder deniedAt(Timestamp.Builder time) {
        return DENIED.toBuilder().setConsent(denied().setSayTime(time));
    }

    private static void times(List<BadInput> cases) {
        time(cases, "tomorrow", tomorrow());
        time(cases, "in 1970", 0);
        time(cases, "before there were times", -100_000_000_000L);
        time(cases, "when there are no times any more", 300_000_000_000L);
        time(cases, "in nanoseconds, not seconds", 1_796_223_794_000_000_000L);
    }

    private static long tomorrow() {
        return System.currentTimeMillis() / 1_000 + 86_400;
    }

    private static void time(List<BadInput> cases, String when, long seconds) {
        violates(
                cases,
                "consent: said " + when,
                Role.TRIGGER,
                ProfileServiceGrpc.getRecordConsentMethod(),
                RecordConsentRequest.newBuilder()
                        .setParent(OWN)
                        .setSubject(ADA)
                        .setConsent(
                                denied().setSayTime(Timestamp.newBuilder().setSeconds(seconds))),
                "consent.say_time OUT_OF_RANGE");
    }

    private static BatchRecordConsentsRequest.Builder statements() {
        return BatchRecordConsentsRequest.newBuilder().setParent(OWN).addStatements(DENIED);
    }

    private static Consent.Builder denied() {
        return Consent.newBuilder()
                .setState(Consent.State.STATE_DENIED)
                .setPurpose(Consent.Purpose.PURPOSE_MARKETING);
    }
}
