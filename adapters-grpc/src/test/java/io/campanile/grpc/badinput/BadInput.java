package io.campanile.grpc.badinput;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.campanile.domain.access.Role;
import io.campanile.v1.*;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;

import java.util.ArrayList;
import java.util.List;

/// Bad requests, each with the exact answer it must get. For a server with a live campaign
/// `receipt`, a draft `unfinished` and a stopped one, `stopped`, in `workspaces/default` and
/// `workspaces/other`, a key for each role, and what [BadInputStage] adds.
///
/// @param field of the first violation, and after a space its reason where that is not `SYNTAX`;
///   empty where the error names no field
record BadInput(
        String name,
        Role role,
        String method,
        byte[] request,
        Code code,
        ErrorReason reason,
        String field) {

    static final ErrorReason VIOLATION = ErrorReason.ERROR_REASON_FIELD_VIOLATION;
    static final ErrorReason REJECTED = ErrorReason.ERROR_REASON_ALL_RECIPIENTS_REJECTED;
    static final ErrorReason MALFORMED = ErrorReason.ERROR_REASON_MALFORMED_REQUEST;
    static final ErrorReason NOT_FOUND = ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;

    @Override
    public String toString() {
        return name;
    }

    /// The first violation, as [io.campanile.grpc.call.ErrorDetails#fieldReasons] tells it.
    String violation() {
        return field.contains(" ") ? field : field + " SYNTAX";
    }

    static List<BadInput> all() {
        List<BadInput> cases = written();
        BadReferences.add(cases);
        return cases;
    }

    /// Those that somebody thought of, method by method.
    static List<BadInput> written() {
        List<BadInput> cases = new ArrayList<>();
        BadTriggers.add(cases);
        BadContexts.add(cases);
        BadBytes.add(cases);
        BadLookUps.add(cases);
        BadCampaigns.add(cases);
        BadAdministration.add(cases);
        BadNewConfigurations.add(cases);
        BadProfiles.add(cases);
        BadSuppressions.add(cases);
        BadAudiences.add(cases);
        BadRuleSets.add(cases);
        BadBroadcasts.add(cases);
        BadKeys.add(cases);
        BadCopies.add(cases);
        BadConfigurations.add(cases);
        BadStreams.add(cases);
        BadBatches.add(cases);
        BadStatements.add(cases);
        return cases;
    }

    static BadInput badInput(
            String name,
            Role role,
            MethodDescriptor<?, ?> method,
            Message.Builder request,
            Code code,
            ErrorReason reason,
            String field) {
        ByteString bytes = request.build().toByteString();
        return new BadInput(
                name, role, method.getFullMethodName(), bytes.toByteArray(), code, reason, field);
    }

    /// A field of the request breaks a rule.
    static void violates(
            List<BadInput> cases,
            String name,
            Role role,
            MethodDescriptor<?, ?> method,
            Message.Builder request,
            String field) {
        cases.add(badInput(name, role, method, request, Code.INVALID_ARGUMENT, VIOLATION, field));
    }

    /// The request names what is not there, or what the caller may not know of.
    static void findsNothing(
            List<BadInput> cases,
            String name,
            Role role,
            MethodDescriptor<?, ?> method,
            Message.Builder request) {
        cases.add(badInput(name, role, method, request, Code.NOT_FOUND, NOT_FOUND, ""));
    }

    /// What the request names is not in the state for it.
    static void conflicts(
            List<BadInput> cases,
            String name,
            Role role,
            MethodDescriptor<?, ?> method,
            Message.Builder request,
            ErrorReason reason) {
        cases.add(badInput(name, role, method, request, Code.FAILED_PRECONDITION, reason, ""));
    }

    /// The request was made for a state that is past.
    static void isStale(
            List<BadInput> cases,
            String name,
            Role role,
            MethodDescriptor<?, ?> method,
            Message.Builder request) {
        cases.add(
                badInput(
                        name,
                        role,
                        method,
                        request,
                        Code.ABORTED,
                        ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                        ""));
    }

    /// The page token was made up, or belongs to another list.
    static void hasNoSuchPage(
            List<BadInput> cases,
            String name,
            Role role,
            MethodDescriptor<?, ?> method,
            Message.Builder request) {
        cases.add(
                badInput(
                        name,
                        role,
                        method,
                        request,
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                        "page_token"));
    }

    /// The caller's key has not the role for the method.
    static void isNotPermitted(
            List<BadInput> cases,
            String name,
            Role role,
            MethodDescriptor<?, ?> method,
            Message.Builder request) {
        cases.add(
                badInput(
                        name,
                        role,
                        method,
                        request,
                        Code.PERMISSION_DENIED,
                        ErrorReason.ERROR_REASON_ROLE_MISSING,
                        ""));
    }
}
