package io.campanile.grpc.profile;

import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.ContactKind;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.schema.AttributeViolation;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

import java.util.List;
import java.util.Map;

/// What calls about people are refused for, as statuses.
final class ProfileErrors {
    private ProfileErrors() {}

    static StatusRuntimeException refused(List<AttributeViolation> violations) {
        return GrpcErrors.fieldViolations(
                violations.stream()
                        .map(violation -> AttributeProblems.of(violation).within("profile"))
                        .toList());
    }

    static StatusRuntimeException clash(Profile one, Profile other) {
        return GrpcErrors.failedPrecondition(
                ErrorReason.ERROR_REASON_IDENTITY_CLASH,
                "the identities, and the name if there is one, are of two persons; leave out what"
                        + " is of one of them, or merge them if they are one",
                Map.of("profile", one.name(), "otherProfile", other.name()));
    }

    static StatusRuntimeException knownAlready(Profile profile) {
        return GrpcErrors.failedPrecondition(
                ErrorReason.ERROR_REASON_IDENTITY_CLASH,
                "an identity of somebody new points at somebody who is known",
                Map.of("profile", profile.name()));
    }

    static StatusRuntimeException full(List<ContactKind> kinds) {
        return GrpcErrors.fieldViolations(
                kinds.stream()
                        .map(kind ->
                                new FieldProblem(
                                        added(kind),
                                        ViolationReason.VIOLATION_REASON_OUT_OF_RANGE,
                                        "would be more than a profile holds: " + kind.most()))
                        .toList());
    }

    private static String added(ContactKind kind) {
        return switch (kind) {
            case EMAIL_ADDRESS -> "add_email_addresses";
            case PHONE_NUMBER -> "add_phone_numbers";
            case PUSH_TOKEN -> "add_push_tokens";
        };
    }

    static StatusRuntimeException tooMany(Profile profile) {
        return GrpcErrors.failedPrecondition(
                ErrorReason.ERROR_REASON_TOO_MANY_IDENTITIES,
                "the person would have more identities than a profile holds; leave out some of the"
                        + " new ones, or do not merge them",
                Map.of(
                        "profile",
                        profile.name(),
                        "limit",
                        Integer.toString(Profile.MOST_IDENTITIES)));
    }

    static StatusRuntimeException tooLarge(Profile profile) {
        return GrpcErrors.failedPrecondition(
                ErrorReason.ERROR_REASON_ATTRIBUTES_TOO_LARGE,
                "the person's attributes would be larger than a profile holds; leave some out, or"
                        + " take away others by null",
                Map.of(
                        "profile",
                        profile.name(),
                        "limitBytes",
                        Integer.toString(Attributes.LARGEST)));
    }

    /// An identity or an address is personal and not repeated, unlike the name of a profile.
    static StatusRuntimeException nobody(String workspace, ConsentSubject subject) {
        return subject.hasProfile()
                ? GrpcErrors.notFound(
                        subject.getProfile(), ProfileProtos.NO_SUCH_NAME.description())
                : nobody(workspace);
    }

    /// Whom was asked for is not repeated: an identity is personal.
    static StatusRuntimeException nobody(String workspace) {
        return GrpcErrors.notFound(
                workspace + "/profiles/-", "nobody is known by that identity or address");
    }
}
