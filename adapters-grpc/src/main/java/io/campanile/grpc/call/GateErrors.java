package io.campanile.grpc.call;

import io.campanile.domain.access.Permission;
import io.campanile.domain.access.Role;
import io.campanile.v1.ErrorReason;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The errors of what a call passes before its handler, and of what its answers pass.
final class GateErrors {
    private GateErrors() {}

    static StatusRuntimeException headersTooLarge(int limitBytes) {
        return GrpcErrors.error(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_HEADERS_TOO_LARGE,
                "the headers of the call are larger than " + limitBytes + " bytes",
                Map.of("limitBytes", Integer.toString(limitBytes)));
    }

    static StatusRuntimeException requestTooLarge(int limitBytes) {
        return GrpcErrors.error(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_REQUEST_TOO_LARGE,
                "the request is larger than " + limitBytes + " bytes",
                Map.of("limitBytes", Integer.toString(limitBytes)));
    }

    /// As [GrpcErrors#fieldViolations], of what [RequestSyntax] found, which does not look for all.
    static StatusRuntimeException syntaxViolations(List<FieldProblem> problems) {
        return GrpcErrors.badRequest(
                ErrorReason.ERROR_REASON_FIELD_VIOLATION,
                Map.of(),
                problems,
                problems.size() < RequestSyntax.MOST_PROBLEMS ? "" : "at least ");
    }

    static StatusRuntimeException unauthenticated(
            ErrorReason reason, String text, Map<String, String> metadata) {
        return GrpcErrors.error(Code.UNAUTHENTICATED, reason, text, metadata);
    }

    static StatusRuntimeException keyNotLookedUp() {
        return GrpcErrors.retryable(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_KEY_NOT_LOOKED_UP,
                "too many keys are looked up that this node does not know",
                GrpcErrors.RETRY_DELAY);
    }

    static StatusRuntimeException roleMissing(String method, Set<Permission> anyOf) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        anyOf.forEach(permission -> roles.addAll(Role.permitting(permission)));
        String names =
                roles.stream()
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","));
        return GrpcErrors.error(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ROLE_MISSING,
                "the key needs one of these roles: " + names,
                Map.of("method", method, "roles", names));
    }

    /// The key has the role, but not where it counts.
    static StatusRuntimeException defaultWorkspaceNeeded(String method) {
        return GrpcErrors.error(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ROLE_MISSING,
                "only an owner key of workspaces/default may do this",
                Map.of("method", method, "roles", "owner", "workspace", "workspaces/default"));
    }

    static StatusRuntimeException requestsFull() {
        return GrpcErrors.exhausted(
                ErrorReason.ERROR_REASON_REQUESTS_FULL,
                "the node holds as many requests as its memory allows",
                GrpcErrors.RETRY_DELAY);
    }

    /// As [#requestsFull]; but what the call was to do is done.
    static StatusRuntimeException answersFull() {
        return GrpcErrors.exhausted(
                ErrorReason.ERROR_REASON_REQUESTS_FULL,
                "the node holds as many answers that nobody reads as its memory allows",
                GrpcErrors.RETRY_DELAY);
    }

    static StatusRuntimeException methodUnknown(String method) {
        return GrpcErrors.error(
                Code.UNIMPLEMENTED,
                ErrorReason.ERROR_REASON_METHOD_UNKNOWN,
                "there is no such method",
                Map.of("method", method));
    }
}
