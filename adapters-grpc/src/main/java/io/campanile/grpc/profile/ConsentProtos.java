package io.campanile.grpc.profile;

import io.campanile.application.consent.Person;
import io.campanile.application.consent.Said;
import io.campanile.application.consent.Statement;
import io.campanile.application.consent.UnsubscribeClaim;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Identities;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentStatement;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Consents and those who give them between protobuf and the domain.
final class ConsentProtos {
    private static final String SAY_TIME = "consent.say_time";

    private final UnsubscribeLinks links;
    private final InstantSource clock;

    ConsentProtos(UnsubscribeLinks links, InstantSource clock) {
        this.links = links;
        this.clock = clock;
    }

    /// The record, without an address in full unless the caller may see it.
    static io.campanile.v1.ConsentRecord proto(ConsentRecord record, boolean mayIdentify) {
        var proto =
                io.campanile.v1.ConsentRecord.newBuilder()
                        .setName(record.name())
                        .setConsent(consent(record, mayIdentify))
                        .setCreator(Names.of(record.by()))
                        .setCreateTime(Times.timestamp(record.recordTime()));
        switch (record.subject()) {
            case ConsentSubject.OfProfile(var profile) ->
                    proto.setProfile(profile.nameIn(record.workspace()));
            case ConsentSubject.OfAddress(var address) ->
                    proto.setAddress(
                            ChannelAddress.newBuilder()
                                    .setEmail(mayIdentify ? address.value() : address.masked()));
        }
        return proto.build();
    }

    private static Consent consent(ConsentRecord record, boolean mayIdentify) {
        return Consent.newBuilder()
                .setState(Enums.proto(Consent.State.class, "STATE_", record.state()))
                .setChannel(channel(record.level().channel()))
                .setPurpose(
                        Enums.proto(Consent.Purpose.class, "PURPOSE_", record.level().purpose()))
                .setTopic(record.level().topic())
                .setSource(record.source())
                .setProof(mayIdentify ? record.proof() : "")
                .setSayTime(Times.timestamp(record.time()))
                .build();
    }

    private static io.campanile.v1.Channel channel(@Nullable Channel channel) {
        return channel == null
                ? io.campanile.v1.Channel.CHANNEL_UNSPECIFIED
                : Enums.proto(io.campanile.v1.Channel.class, "CHANNEL_", channel);
    }

    /// What was said; with an unsubscribe token, silence is a denial.
    Said said(RecordConsentRequest request) {
        if (request.hasConsent()) {
            sayTimeProblem(SAY_TIME, request.getConsent())
                    .ifPresent(problem -> {
                        throw GrpcErrors.fieldViolations(List.of(problem));
                    });
            return said(request.getConsent());
        }
        if (request.getSubject().hasUnsubscribeToken()) {
            return claim(request.getSubject().getUnsubscribeToken()).denial();
        }
        throw GrpcErrors.fieldViolation(
                "consent", ViolationReason.VIOLATION_REASON_REQUIRED, "is required");
    }

    private static Said said(Consent proto) {
        return new Said(
                new ConsentLevel(
                        channel(proto.getChannel()), purpose(proto.getPurpose()), proto.getTopic()),
                state(proto.getState()),
                proto.getSource(),
                proto.getProof(),
                proto.hasSayTime() ? Times.instant(SAY_TIME, proto.getSayTime()) : null);
    }

    private static @Nullable Channel channel(io.campanile.v1.Channel channel) {
        return switch (channel) {
            case CHANNEL_EMAIL -> Channel.EMAIL;
            case CHANNEL_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    private static Purpose purpose(Consent.Purpose purpose) {
        return switch (purpose) {
            case PURPOSE_MARKETING -> Purpose.MARKETING;
            case PURPOSE_SERVICE -> Purpose.SERVICE;
            case PURPOSE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked purpose");
        };
    }

    private static ConsentState state(Consent.State state) {
        return switch (state) {
            case STATE_GRANTED -> ConsentState.GRANTED;
            case STATE_DENIED -> ConsentState.DENIED;
            case STATE_PENDING -> ConsentState.PENDING;
            case STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked state");
        };
    }

    /// What many people said, in order; refused with all that is wrong with any of it.
    List<Statement> statements(WorkspaceId workspace, List<ConsentStatement> protos) {
        List<FieldProblem> problems = new ArrayList<>();
        List<Statement> statements = new ArrayList<>(protos.size());
        for (int i = 0; i < protos.size(); i++) {
            io.campanile.v1.ConsentSubject subject = protos.get(i).getSubject();
            Consent consent = protos.get(i).getConsent();
            String field = "statements[" + i + "]";
            Optional<FieldProblem> problem =
                    problem(field + ".subject", workspace, subject)
                            .or(() -> sayTimeProblem(field + "." + SAY_TIME, consent));
            problem.ifPresent(problems::add);
            if (problem.isEmpty()) {
                statements.add(new Statement(person(workspace, subject), said(consent)));
            }
        }
        if (!problems.isEmpty()) {
            throw GrpcErrors.fieldViolations(problems);
        }
        return statements;
    }

    private Optional<FieldProblem> sayTimeProblem(String field, Consent consent) {
        if (!consent.hasSayTime()) {
            return Optional.empty();
        }
        Optional<Instant> time = Times.instant(consent.getSayTime());
        Optional<String> fault =
                time.isEmpty()
                        ? Optional.of(Times.NO_TIME)
                        : state(consent.getState()).fault(time.get(), clock.instant());
        return fault.map(text ->
                new FieldProblem(field, ViolationReason.VIOLATION_REASON_OUT_OF_RANGE, text));
    }

    private static Optional<FieldProblem> problem(
            String field, WorkspaceId workspace, io.campanile.v1.ConsentSubject subject) {
        return switch (subject.getSubjectCase()) {
            case IDENTITY -> Identities.problem(field + ".identity", subject.getIdentity());
            case PROFILE ->
                    Names.workspace(subject.getProfile()).equals(workspace)
                            ? Optional.empty()
                            : Optional.of(unknownProfile(field));
            case ADDRESS -> addressProblem(field + ".address.email", subject.getAddress());
            case UNSUBSCRIBE_TOKEN, SUBJECT_NOT_SET ->
                    Optional.of(
                            new FieldProblem(
                                    field + ".unsubscribe_token",
                                    ViolationReason.VIOLATION_REASON_SYNTAX,
                                    "is taken by RecordConsent only"));
        };
    }

    /// @param subject the field of the subject
    static FieldProblem unknownProfile(String subject) {
        return new FieldProblem(
                subject + ".profile",
                ViolationReason.VIOLATION_REASON_REFERENCE_NOT_FOUND,
                "does not exist");
    }

    private static Optional<FieldProblem> addressProblem(String field, ChannelAddress address) {
        return EmailAddress.parse(address.getEmail()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        new FieldProblem(
                                field,
                                ViolationReason.VIOLATION_REASON_ADDRESS_MALFORMED,
                                EmailAddress.fault(address.getEmail())));
    }

    /// The one a caller means, whom what is said makes known.
    Person speaker(WorkspaceId workspace, io.campanile.v1.ConsentSubject subject) {
        if (subject.hasIdentity()) {
            Identities.problem("subject.identity", subject.getIdentity())
                    .ifPresent(problem -> {
                        throw GrpcErrors.fieldViolations(List.of(problem));
                    });
        }
        return person(workspace, subject);
    }

    /// The one a caller means.
    Person person(WorkspaceId workspace, io.campanile.v1.ConsentSubject subject) {
        return switch (subject.getSubjectCase()) {
            case IDENTITY -> new Person.ByIdentity(Identities.comparable(subject.getIdentity()));
            case PROFILE -> profile(workspace, subject.getProfile());
            case ADDRESS -> address(subject.getAddress());
            case UNSUBSCRIBE_TOKEN -> tokenBearer(workspace, subject.getUnsubscribeToken());
            case SUBJECT_NOT_SET -> throw new IllegalArgumentException("an unchecked subject");
        };
    }

    /// A profile of another workspace does not exist for the caller.
    private static Person profile(WorkspaceId workspace, String name) {
        if (!Names.workspace(name).equals(workspace)) {
            throw GrpcErrors.notFound(name);
        }
        return new Person.ByProfile(Names.profile(name));
    }

    private Person tokenBearer(WorkspaceId workspace, String token) {
        UnsubscribeClaim claim = claim(token);
        if (!claim.workspace().equals(workspace)) {
            throw unusableToken();
        }
        return new Person.ByLink(claim.identity());
    }

    private UnsubscribeClaim claim(String token) {
        return links.open(token).orElseThrow(ConsentProtos::unusableToken);
    }

    private static StatusRuntimeException unusableToken() {
        return GrpcErrors.fieldViolation(
                "subject.unsubscribe_token",
                ViolationReason.VIOLATION_REASON_SYNTAX,
                "is not the token of an unsubscribe link of this workspace");
    }

    private static Person address(ChannelAddress address) {
        addressProblem("subject.address.email", address)
                .ifPresent(problem -> {
                    throw GrpcErrors.fieldViolations(List.of(problem));
                });
        return new Person.ByAddress(new EmailAddress(address.getEmail()));
    }
}
