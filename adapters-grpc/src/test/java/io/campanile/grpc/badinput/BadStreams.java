package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.MALFORMED;
import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.REJECTED;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadInput.conflicts;
import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.isNotPermitted;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.TriggerRequests.recipient;
import static io.campanile.grpc.testing.TriggerRequests.valid;

import com.google.protobuf.ByteString;

import io.campanile.domain.access.Role;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.ExportAllowedEntriesRequest;
import io.campanile.v1.ExportSuppressionsRequest;
import io.campanile.v1.ImportAllowedEntriesRequest;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.SuppressionServiceGrpc;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Status.Code;

import java.util.List;

/// Bad streams of triggers, whose items are answered with the error each, and of files.
final class BadStreams {
    private BadStreams() {}

    static void add(List<BadInput> cases) {
        triggers(cases);
        files(cases);
        allowedLists(cases);
        exports(cases);
    }

    private static void triggers(List<BadInput> cases) {
        var stream = TriggerServiceGrpc.getStreamTriggersMethod();
        violates(
                cases,
                "stream: no trigger",
                Role.TRIGGER,
                stream,
                StreamTriggersRequest.newBuilder(),
                "campaign REQUIRED");
        violates(
                cases,
                "stream: a request id with a line break",
                Role.TRIGGER,
                stream,
                item(valid().setRequestId("a\nb")),
                "request_id");
        findsNothing(
                cases,
                "stream: a campaign of another workspace",
                Role.TRIGGER,
                stream,
                item(valid().setCampaign("workspaces/other/campaigns/receipt")));
        conflicts(
                cases,
                "stream: a stopped campaign",
                Role.TRIGGER,
                stream,
                item(valid().setCampaign(OWN + "/campaigns/stopped")),
                ErrorReason.ERROR_REASON_CAMPAIGN_STOPPED);
        cases.add(
                badInput(
                        "stream: an address that is none",
                        Role.TRIGGER,
                        stream,
                        item(valid().setRecipients(0, recipient("ada@"))),
                        Code.INVALID_ARGUMENT,
                        REJECTED,
                        "recipients[0].identity.value ADDRESS_MALFORMED"));
        cases.add(
                new BadInput(
                        "stream: bytes that are no item",
                        Role.TRIGGER,
                        stream.getFullMethodName(),
                        new byte[] {0x0a, 0x7f, 'w'},
                        Code.INVALID_ARGUMENT,
                        MALFORMED,
                        ""));
        cases.add(
                badInput(
                        "stream: 2 MiB",
                        Role.TRIGGER,
                        stream,
                        item(valid().setRequestId("x".repeat(2 << 20))),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_REQUEST_TOO_LARGE,
                        ""));
        isNotPermitted(
                cases, "role: operator streams triggers", Role.OPERATOR, stream, item(valid()));
    }

    private static StreamTriggersRequest.Builder item(TriggerCampaignRequest.Builder trigger) {
        return StreamTriggersRequest.newBuilder().setTrigger(trigger);
    }

    private static void files(List<BadInput> cases) {
        var method = SuppressionServiceGrpc.getImportSuppressionsMethod();
        file(cases, "an empty file", ByteString.EMPTY);
        file(cases, "a heading nobody knows", ByteString.copyFromUtf8("target,color\n"));
        file(cases, "no target", ByteString.copyFromUtf8("reason,note\nMANUAL,asked\n"));
        file(cases, "a heading twice", ByteString.copyFromUtf8("target,note,note\n"));
        file(
                cases,
                "bytes that are not UTF-8",
                ByteString.copyFromUtf8("target\n")
                        .concat(ByteString.copyFrom(new byte[] {(byte) 0xc3, 0x28, '\n'})));
        file(
                cases,
                "a row of 70 kB",
                ByteString.copyFromUtf8("target\n" + "x".repeat(70_000) + "\n"));
        file(cases, "a piece of 257 KiB", ByteString.copyFrom(new byte[257 << 10]));
        violates(
                cases,
                "file: into nothing",
                Role.OPERATOR,
                method,
                ImportSuppressionsRequest.newBuilder().setParent("workspaces/Default"),
                "parent");
        cases.add(
                badInput(
                        "file: into another workspace",
                        Role.OPERATOR,
                        method,
                        ImportSuppressionsRequest.newBuilder().setParent("workspaces/other"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
    }

    private static void allowedLists(List<BadInput> cases) {
        var imports = SuppressionServiceGrpc.getImportAllowedEntriesMethod();
        for (String csv : List.of("", "target,reason\n", "note\n", "target\n\"a\"b\n")) {
            violates(
                    cases,
                    "allowed list: a file of " + csv.length(),
                    Role.OPERATOR,
                    imports,
                    ImportAllowedEntriesRequest.newBuilder()
                            .setParent(OWN)
                            .setCsv(ByteString.copyFromUtf8(csv)),
                    "csv");
        }
        findsNothing(
                cases,
                "allowed list: into another workspace",
                Role.OPERATOR,
                imports,
                ImportAllowedEntriesRequest.newBuilder().setParent("workspaces/other"));
        var export = SuppressionServiceGrpc.getExportAllowedEntriesMethod();
        violates(
                cases,
                "allowed list: export of nothing",
                Role.OPERATOR,
                export,
                ExportAllowedEntriesRequest.newBuilder(),
                "parent REQUIRED");
        findsNothing(
                cases,
                "allowed list: export of another workspace",
                Role.OPERATOR,
                export,
                ExportAllowedEntriesRequest.newBuilder().setParent("workspaces/other"));
    }

    private static void file(List<BadInput> cases, String what, ByteString csv) {
        violates(
                cases,
                "file: " + what,
                Role.OPERATOR,
                SuppressionServiceGrpc.getImportSuppressionsMethod(),
                ImportSuppressionsRequest.newBuilder().setParent(OWN).setCsv(csv),
                "csv");
    }

    private static void exports(List<BadInput> cases) {
        var export = SuppressionServiceGrpc.getExportSuppressionsMethod();
        violates(
                cases,
                "export: of nothing",
                Role.OPERATOR,
                export,
                ExportSuppressionsRequest.newBuilder(),
                "parent REQUIRED");
        findsNothing(
                cases,
                "export: of another workspace",
                Role.OPERATOR,
                export,
                ExportSuppressionsRequest.newBuilder().setParent("workspaces/other"));
        isNotPermitted(
                cases,
                "role: viewer exports the list",
                Role.VIEWER,
                export,
                ExportSuppressionsRequest.newBuilder().setParent(OWN));
    }
}
