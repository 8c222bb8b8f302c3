package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.hasNoSuchPage;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.campanile.domain.access.Role;
import io.campanile.v1.AllowedEntry;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.DeleteAllowedEntryRequest;
import io.campanile.v1.DeleteSuppressionRequest;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.GetAllowedEntryRequest;
import io.campanile.v1.GetSuppressionRequest;
import io.campanile.v1.ListAllowedEntriesRequest;
import io.campanile.v1.ListSuppressionsRequest;
import io.campanile.v1.Suppression;
import io.campanile.v1.SuppressionServiceGrpc;
import io.grpc.Status.Code;

import java.util.List;
import java.util.UUID;

/// Bad calls on the suppression list.
final class BadSuppressions {
    private BadSuppressions() {}

    static void add(List<BadInput> cases) {
        targets(cases);
        entry(
                cases,
                "suppression: a reason nobody knows",
                Suppression.newBuilder().setTarget("example.com").setReasonValue(99),
                "suppression.reason");
        entry(
                cases,
                "suppression: an endless note",
                Suppression.newBuilder().setTarget("example.com").setNote("x".repeat(501)),
                "suppression.note");
        entry(
                cases,
                "suppression: expired before it begins",
                Suppression.newBuilder()
                        .setTarget("example.com")
                        .setExpireTime(Timestamp.newBuilder().setSeconds(1)),
                "suppression.expire_time OUT_OF_RANGE");
        entry(
                cases,
                "suppression: expires after the end of time",
                Suppression.newBuilder()
                        .setTarget("example.com")
                        .setExpireTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)),
                "suppression.expire_time OUT_OF_RANGE");
        entry(
                cases,
                "suppression: expires when there are no more times",
                Suppression.newBuilder()
                        .setTarget("example.com")
                        .setExpireTime(Timestamps.MAX_VALUE),
                "suppression.expire_time OUT_OF_RANGE");
        lookUps(cases);
        allowedEntries(cases);
        allowedLists(cases);
    }

    private static void allowedLists(List<BadInput> cases) {
        var list = SuppressionServiceGrpc.getListAllowedEntriesMethod();
        for (String filter : List.of("reason = MANUAL", "target : \"a\"", "target = ")) {
            cases.add(
                    badInput(
                            "allowed entries: filter " + filter,
                            Role.VIEWER,
                            list,
                            ListAllowedEntriesRequest.newBuilder().setParent(OWN).setFilter(filter),
                            Code.INVALID_ARGUMENT,
                            ErrorReason.ERROR_REASON_FILTER_INVALID,
                            "filter"));
        }
        hasNoSuchPage(
                cases,
                "allowed entries: made-up token",
                Role.VIEWER,
                list,
                ListAllowedEntriesRequest.newBuilder().setParent(OWN).setPageToken("Zm9v"));
        findsNothing(
                cases,
                "allowed entries: of another workspace",
                Role.VIEWER,
                list,
                ListAllowedEntriesRequest.newBuilder().setParent("workspaces/other"));
    }

    private static void allowedEntries(List<BadInput> cases) {
        for (String target : List.of("", "not a domain", "ada@", "a".repeat(255))) {
            cases.add(
                    badInput(
                            "allowed entry: target of " + target.length(),
                            Role.OPERATOR,
                            SuppressionServiceGrpc.getCreateAllowedEntryMethod(),
                            CreateAllowedEntryRequest.newBuilder()
                                    .setParent(OWN)
                                    .setAllowedEntry(AllowedEntry.newBuilder().setTarget(target)),
                            Code.INVALID_ARGUMENT,
                            VIOLATION,
                            "allowed_entry.target " + fault(target)));
        }
        for (long seconds : new long[] {0, Long.MAX_VALUE}) {
            cases.add(
                    badInput(
                            "allowed entry: expires at " + seconds,
                            Role.OPERATOR,
                            SuppressionServiceGrpc.getCreateAllowedEntryMethod(),
                            CreateAllowedEntryRequest.newBuilder()
                                    .setParent(OWN)
                                    .setAllowedEntry(
                                            AllowedEntry.newBuilder()
                                                    .setTarget("example.com")
                                                    .setExpireTime(
                                                            Timestamp.newBuilder()
                                                                    .setSeconds(seconds))),
                            Code.INVALID_ARGUMENT,
                            VIOLATION,
                            "allowed_entry.expire_time OUT_OF_RANGE"));
        }
        String nothing = OWN + "/allowedEntries/" + UUID.randomUUID();
        cases.add(
                badInput(
                        "allowed entry: unknown",
                        Role.VIEWER,
                        SuppressionServiceGrpc.getGetAllowedEntryMethod(),
                        GetAllowedEntryRequest.newBuilder().setName(nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "allowed entry: deletes an unknown one",
                        Role.OPERATOR,
                        SuppressionServiceGrpc.getDeleteAllowedEntryMethod(),
                        DeleteAllowedEntryRequest.newBuilder().setName(nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
    }

    private static void targets(List<BadInput> cases) {
        List<String> targets =
                List.of(
                        "",
                        "not a domain",
                        "ada@",
                        "@example.com",
                        "ada@example.com\r\nBcc: eve@example.com",
                        "'; DROP TABLE suppression; --",
                        "a".repeat(255));
        for (String target : targets) {
            entry(
                    cases,
                    "suppression: target " + targets.indexOf(target),
                    Suppression.newBuilder().setTarget(target),
                    "suppression.target " + fault(target));
        }
    }

    private static String fault(String target) {
        if (target.isEmpty()) {
            return "REQUIRED";
        }
        return target.length() > 254 ? "SYNTAX" : "ADDRESS_MALFORMED";
    }

    private static void entry(
            List<BadInput> cases, String what, Suppression.Builder suppression, String field) {
        cases.add(
                badInput(
                        what,
                        Role.OPERATOR,
                        SuppressionServiceGrpc.getCreateSuppressionMethod(),
                        CreateSuppressionRequest.newBuilder()
                                .setParent(OWN)
                                .setSuppression(suppression),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }

    private static void lookUps(List<BadInput> cases) {
        String nothing = OWN + "/suppressions/" + UUID.randomUUID();
        cases.add(
                badInput(
                        "suppression: unknown",
                        Role.VIEWER,
                        SuppressionServiceGrpc.getGetSuppressionMethod(),
                        GetSuppressionRequest.newBuilder().setName(nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "suppression: deletes an unknown one",
                        Role.OPERATOR,
                        SuppressionServiceGrpc.getDeleteSuppressionMethod(),
                        DeleteSuppressionRequest.newBuilder().setName(nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "suppressions: guesses letter by letter",
                        Role.VIEWER,
                        SuppressionServiceGrpc.getListSuppressionsMethod(),
                        ListSuppressionsRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("target : \"a\""),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "filter"));
        cases.add(
                badInput(
                        "suppressions: filter by nothing known",
                        Role.VIEWER,
                        SuppressionServiceGrpc.getListSuppressionsMethod(),
                        ListSuppressionsRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("address = \"ada@example.com\""),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "filter"));
    }
}
