package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.isNotPermitted;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;

import com.google.protobuf.Message;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.TestCampaigns;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.v1.*;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.Receipt;
import io.campanile.v1.RecordReceiptsRequest;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;

import java.util.Collections;
import java.util.List;
import java.util.UUID;

/// Bad look-ups of executions and messages.
final class BadLookUps {
    private BadLookUps() {}

    static void add(List<BadInput> cases) {
        lookUps(cases);
        filters(cases);
        receipts(cases);
    }

    /// Filters that can be parsed, and that stores of executions and messages have no use for.
    private static void filters(List<BadInput> cases) {
        for (String filter :
                List.of(
                        "NOT state = SENT",
                        "state = SENT AND state = FAILED",
                        "state != SENT",
                        "state = SENT OR campaign = receipt",
                        "execution = typo",
                        "identity.value = a")) {
            cases.add(
                    filterInvalid(
                            "messages: filter " + filter,
                            MessageServiceGrpc.getListMessagesMethod(),
                            ListMessagesRequest.newBuilder().setParent(OWN).setFilter(filter)));
        }
        for (String filter :
                List.of(
                        "campaign = receipt OR campaign = stopped",
                        "campaign = \"workspaces/other/campaigns/receipt\"",
                        "audience = Readers",
                        "create_time = \"2026-03-01T00:00:00Z\"")) {
            cases.add(
                    filterInvalid(
                            "executions: filter " + filter,
                            TriggerServiceGrpc.getListExecutionsMethod(),
                            ListExecutionsRequest.newBuilder().setParent(OWN).setFilter(filter)));
        }
    }

    private static BadInput filterInvalid(
            String name, MethodDescriptor<?, ?> method, Message.Builder request) {
        return badInput(
                name,
                Role.VIEWER,
                method,
                request,
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_FILTER_INVALID,
                "filter");
    }

    /// What is wrong with one of several is in its result.
    private static void receipts(List<BadInput> cases) {
        var method = MessageServiceGrpc.getRecordReceiptsMethod();
        violates(
                cases,
                "receipts: none",
                Role.TRIGGER,
                method,
                RecordReceiptsRequest.newBuilder().setParent(OWN),
                "receipts REQUIRED");
        violates(
                cases,
                "receipts: 1,001 of them",
                Role.TRIGGER,
                method,
                RecordReceiptsRequest.newBuilder()
                        .setParent(OWN)
                        .addAllReceipts(Collections.nCopies(1_001, Receipt.getDefaultInstance())),
                "receipts");
        findsNothing(
                cases,
                "receipts: of another workspace",
                Role.TRIGGER,
                method,
                RecordReceiptsRequest.newBuilder()
                        .setParent("workspaces/other")
                        .addReceipts(Receipt.getDefaultInstance()));
        isNotPermitted(
                cases,
                "role: viewer records receipts",
                Role.VIEWER,
                method,
                RecordReceiptsRequest.newBuilder()
                        .setParent(OWN)
                        .addReceipts(Receipt.getDefaultInstance()));
    }

    private static void lookUps(List<BadInput> cases) {
        String hyphens = "-".repeat(36);
        String nothing = UUID.randomUUID().toString();
        cases.add(
                badInput(
                        "execution: no name",
                        Role.VIEWER,
                        TriggerServiceGrpc.getGetExecutionMethod(),
                        GetExecutionRequest.newBuilder(),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "name REQUIRED"));
        cases.add(
                badInput(
                        "execution: hyphens",
                        Role.VIEWER,
                        TriggerServiceGrpc.getGetExecutionMethod(),
                        GetExecutionRequest.newBuilder().setName(OWN + "/executions/" + hyphens),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "execution: unknown",
                        Role.VIEWER,
                        TriggerServiceGrpc.getGetExecutionMethod(),
                        GetExecutionRequest.newBuilder().setName(OWN + "/executions/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "watch: unknown",
                        Role.VIEWER,
                        TriggerServiceGrpc.getWatchExecutionMethod(),
                        WatchExecutionRequest.newBuilder().setName(OWN + "/executions/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "cancel: unknown",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getCancelExecutionMethod(),
                        CancelExecutionRequest.newBuilder().setName(OWN + "/executions/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "executions: negative page",
                        Role.VIEWER,
                        TriggerServiceGrpc.getListExecutionsMethod(),
                        ListExecutionsRequest.newBuilder().setParent(OWN).setPageSize(-1),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "page_size OUT_OF_RANGE"));
        cases.add(
                badInput(
                        "executions: made-up token",
                        Role.VIEWER,
                        TriggerServiceGrpc.getListExecutionsMethod(),
                        ListExecutionsRequest.newBuilder().setParent(OWN).setPageToken("Zm9v"),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                        "page_token"));
        cases.add(
                filterInvalid(
                        "executions: filter by nothing known",
                        TriggerServiceGrpc.getListExecutionsMethod(),
                        ListExecutionsRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("color = \"red\"")));
        cases.add(
                filterInvalid(
                        "executions: filter that does not end",
                        TriggerServiceGrpc.getListExecutionsMethod(),
                        ListExecutionsRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("campaign = \"x")));
        cases.add(
                filterInvalid(
                        "messages: SQL in the filter",
                        MessageServiceGrpc.getListMessagesMethod(),
                        ListMessagesRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("state = SENT; DROP TABLE message")));
        cases.add(
                filterInvalid(
                        "messages: a state for a reason",
                        MessageServiceGrpc.getListMessagesMethod(),
                        ListMessagesRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("reason = EXPIRED")));
        cases.add(
                badInput(
                        "message: unknown",
                        Role.VIEWER,
                        MessageServiceGrpc.getGetMessageMethod(),
                        GetMessageRequest.newBuilder().setName(OWN + "/messages/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "events: unknown message",
                        Role.VIEWER,
                        MessageServiceGrpc.getListMessageEventsMethod(),
                        ListMessageEventsRequest.newBuilder()
                                .setParent(OWN + "/messages/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "explain: unknown message",
                        Role.VIEWER,
                        MessageServiceGrpc.getExplainMessageMethod(),
                        ExplainMessageRequest.newBuilder().setName(OWN + "/messages/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "explain: hyphens",
                        Role.VIEWER,
                        MessageServiceGrpc.getExplainMessageMethod(),
                        ExplainMessageRequest.newBuilder().setName(OWN + "/messages/" + hyphens),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        explanations(cases);
        cases.add(
                badInput(
                        "status: no name",
                        Role.VIEWER,
                        OperationServiceGrpc.getGetStatusMethod(),
                        GetStatusRequest.newBuilder(),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "name REQUIRED"));
    }

    private static void explanations(List<BadInput> cases) {
        explain(
                cases,
                "explain: nobody",
                TestCampaigns.RECEIPT,
                Recipient.newBuilder(),
                "recipient.identity REQUIRED");
        explain(
                cases,
                "explain: nowhere to write to",
                TestCampaigns.RECEIPT,
                Recipient.newBuilder()
                        .setIdentity(identity("crmId", "42"))
                        .setAddress(ChannelAddress.newBuilder().setEmail("nobody")),
                "recipient.address.email ADDRESS_MALFORMED");
        explain(
                cases,
                "explain: an address that is none",
                TestCampaigns.RECEIPT,
                TriggerRequests.recipient("not an address"),
                "recipient.identity.value ADDRESS_MALFORMED");
        cases.add(
                badInput(
                        "explain: a campaign that was never activated",
                        Role.VIEWER,
                        MessageServiceGrpc.getExplainRecipientMethod(),
                        ExplainRecipientRequest.newBuilder()
                                .setCampaign(OWN + "/campaigns/unfinished")
                                .setRecipient(TriggerRequests.recipient("ada@example.com")),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT,
                        ""));
        cases.add(
                badInput(
                        "explain: an unknown campaign",
                        Role.VIEWER,
                        MessageServiceGrpc.getExplainRecipientMethod(),
                        ExplainRecipientRequest.newBuilder()
                                .setCampaign(OWN + "/campaigns/nobodys")
                                .setRecipient(TriggerRequests.recipient("ada@example.com")),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
    }

    private static void explain(
            List<BadInput> cases,
            String what,
            String campaign,
            Recipient.Builder recipient,
            String field) {
        cases.add(
                badInput(
                        what,
                        Role.VIEWER,
                        MessageServiceGrpc.getExplainRecipientMethod(),
                        ExplainRecipientRequest.newBuilder()
                                .setCampaign(campaign)
                                .setRecipient(recipient),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }
}
