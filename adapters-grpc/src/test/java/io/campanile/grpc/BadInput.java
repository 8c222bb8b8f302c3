package io.campanile.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;

import io.campanile.domain.access.Role;
import io.campanile.v1.*;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Bad requests, each with the exact answer it must get. For a server with a live campaign
/// `receipt`, a draft `unfinished` and a stopped one, `stopped`, in `workspaces/default` and
/// `workspaces/other`, and a key for each role.
///
/// @param field of the first violation; empty where the error names none
record BadInput(
        String name,
        Role role,
        String method,
        byte[] request,
        Code code,
        ErrorReason reason,
        String field) {

    private static final String OWN = "workspaces/default";
    private static final String RECEIPT = OWN + "/campaigns/receipt";
    private static final ErrorReason VIOLATION = ErrorReason.ERROR_REASON_FIELD_VIOLATION;
    private static final ErrorReason REJECTED = ErrorReason.ERROR_REASON_ALL_RECIPIENTS_REJECTED;
    private static final ErrorReason MALFORMED = ErrorReason.ERROR_REASON_MALFORMED_REQUEST;
    private static final ErrorReason NOT_FOUND = ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;

    @Override
    public String toString() {
        return name;
    }

    static List<BadInput> all() {
        List<BadInput> cases = new ArrayList<>();
        triggerEnvelopes(cases);
        recipients(cases);
        payloads(cases);
        bytes(cases);
        lookUps(cases);
        campaigns(cases);
        campaignStates(cases);
        channelConfigurations(cases);
        access(cases);
        return cases;
    }

    private static void triggerEnvelopes(List<BadInput> cases) {
        trigger(cases, "trigger: empty request", TriggerCampaignRequest.newBuilder(), "campaign");
        trigger(cases, "trigger: no campaign", valid().clearCampaign(), "campaign");
        trigger(cases, "trigger: campaign is no name", valid().setCampaign("receipt"), "campaign");
        trigger(
                cases,
                "trigger: path traversal",
                valid().setCampaign(OWN + "/campaigns/../x"),
                "campaign");
        trigger(
                cases,
                "trigger: SQL in the name",
                valid().setCampaign(OWN + "/campaigns/x'--"),
                "campaign");
        trigger(cases, "trigger: no request id", valid().clearRequestId(), "request_id");
        trigger(
                cases,
                "trigger: request id too long",
                valid().setRequestId("x".repeat(129)),
                "request_id");
        trigger(
                cases,
                "trigger: line break in request id",
                valid().setRequestId("a\r\nb"),
                "request_id");
        trigger(cases, "trigger: NUL in request id", valid().setRequestId("a\0b"), "request_id");
        trigger(cases, "trigger: no recipients", valid().clearRecipients(), "recipients");
        var crowd = valid().clearRecipients();
        for (int i = 0; i < 101; i++) {
            crowd.addRecipients(recipient("a" + i + "@example.com"));
        }
        trigger(cases, "trigger: 101 recipients", crowd, "recipients");
        trigger(cases, "trigger: unknown wait_for", valid().setWaitForValue(99), "wait_for");
        trigger(
                cases,
                "trigger: impossible schedule_time",
                valid().setScheduleTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)),
                "schedule_time");
        trigger(
                cases,
                "trigger: impossible expire_time",
                valid().setExpireTime(Timestamp.newBuilder().setNanos(-1)),
                "expire_time");
        trigger(
                cases,
                "trigger: metadata too large",
                valid().putMetadata("a", "x".repeat(2048)),
                "metadata");
        cases.add(
                of(
                        "trigger: unknown campaign",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setCampaign(OWN + "/campaigns/nobody"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "trigger: draft",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setCampaign(OWN + "/campaigns/unfinished"),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT,
                        ""));
        cases.add(
                of(
                        "trigger: stopped",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setCampaign(OWN + "/campaigns/stopped"),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STOPPED,
                        ""));
    }

    private static void recipients(List<BadInput> cases) {
        rejected(cases, "recipient: empty", Recipient.newBuilder(), "recipients[0].identity");
        rejected(
                cases,
                "recipient: no namespace",
                recipient("").setIdentity(Identity.newBuilder().setValue("a")),
                "recipients[0].identity.namespace");
        rejected(cases, "recipient: no value", recipient(""), "recipients[0].identity.value");
        rejected(
                cases,
                "recipient: header injection",
                recipient("a@example.com\r\nBcc: b@example.com"),
                "recipients[0].identity.value");
        rejected(
                cases,
                "recipient: NUL",
                recipient("a\0@example.com"),
                "recipients[0].identity.value");
        rejected(
                cases,
                "recipient: value too long",
                recipient("a".repeat(257)),
                "recipients[0].identity.value");
        rejected(
                cases,
                "recipient: no address",
                recipient("")
                        .setIdentity(Identity.newBuilder().setNamespace("crmId").setValue("7")),
                "recipients[0].address");
        rejected(
                cases,
                "recipient: identity is no address",
                recipient("nobody"),
                "recipients[0].identity.value");
        rejected(
                cases,
                "recipient: two addresses",
                recipient("a@example.com")
                        .setAddress(
                                ChannelAddress.newBuilder()
                                        .setEmail("a@example.com,b@example.com")),
                "recipients[0].address.email");
        rejected(
                cases,
                "recipient: address too long",
                recipient("a@example.com")
                        .setAddress(ChannelAddress.newBuilder().setEmail("a".repeat(300))),
                "recipients[0].address.email");
    }

    private static void payloads(List<BadInput> cases) {
        json(cases, "context_json: empty", "", "recipients[0].context_json");
        json(cases, "context_json: a list", "[1]", "recipients[0].context_json");
        json(cases, "context_json: cut", "{\"a\":", "recipients[0].context_json");
        json(cases, "context_json: two objects", "{} {}", "recipients[0].context_json");
        json(cases, "context_json: no JSON", "{a:1}", "recipients[0].context_json");
        json(cases, "context_json: NaN", "{\"a\":NaN}", "recipients[0].context_json");
        json(
                cases,
                "context_json: repeated name",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "recipients[0].context.a.b");
        json(cases, "context_json: NUL", "{\"a\":[\"x\\u0000\"]}", "recipients[0].context.a[0]");
        json(
                cases,
                "context_json: half a surrogate",
                "{\"a\":\"\\ud800\"}",
                "recipients[0].context.a");
        json(cases, "context_json: huge exponent", "{\"a\":1e999999}", "recipients[0].context.a");
        json(
                cases,
                "context_json: thousands of digits",
                "{\"a\":" + "9".repeat(900) + "}",
                "recipients[0].context.a");
        json(
                cases,
                "context_json: too large",
                "{\"a\":\"" + "x".repeat(205_000) + "\"}",
                "recipients[0].context_json");
        json(
                cases,
                "context_json: too deep",
                "{\"a\":".repeat(33) + "1" + "}".repeat(33),
                "recipients[0].context" + ".a".repeat(32));
        json(cases, "context: reserved", "{\"system\":1}", "recipients[0].context.system");
        rejected(
                cases,
                "context: too deep",
                recipient("a@example.com").setContext(nested(33)),
                "recipients[0].context" + ".a".repeat(32));
        rejected(
                cases,
                "context: too large",
                recipient("a@example.com")
                        .setContext(
                                Struct.newBuilder().putFields("a", Values.of("x".repeat(205_000)))),
                "recipients[0].context");
        rejected(
                cases,
                "context: infinite",
                recipient("a@example.com")
                        .setContext(
                                Struct.newBuilder()
                                        .putFields("a", Values.of(Double.POSITIVE_INFINITY))),
                "recipients[0].context.a");
        rejected(
                cases,
                "context: NUL in a name",
                recipient("a@example.com")
                        .setContext(Struct.newBuilder().putFields("a\0b", Values.of(1))),
                "recipients[0].context.a?b");
        rejected(
                cases,
                "profile: NUL in a list",
                recipient("a@example.com")
                        .setProfile(
                                Struct.newBuilder()
                                        .putFields(
                                                "a",
                                                Value.newBuilder()
                                                        .setListValue(
                                                                ListValue.newBuilder()
                                                                        .addValues(Values.of("\0")))
                                                        .build())),
                "recipients[0].profile.a[0]");
    }

    private static void bytes(List<BadInput> cases) {
        String method = TriggerServiceGrpc.getTriggerCampaignMethod().getFullMethodName();
        cases.add(
                new BadInput(
                        "bytes: random",
                        Role.TRIGGER,
                        method,
                        new byte[] {7, -1, 3, -128},
                        Code.INVALID_ARGUMENT,
                        MALFORMED,
                        ""));
        cases.add(
                new BadInput(
                        "bytes: cut",
                        Role.TRIGGER,
                        method,
                        new byte[] {0x0a, 0x7f, 'w'},
                        Code.INVALID_ARGUMENT,
                        MALFORMED,
                        ""));
        cases.add(
                new BadInput(
                        "bytes: malformed UTF-8",
                        Role.TRIGGER,
                        method,
                        new byte[] {0x0a, 2, (byte) 0xc3, 0x28},
                        Code.INVALID_ARGUMENT,
                        MALFORMED,
                        ""));
        cases.add(
                new BadInput(
                        "bytes: wrong type",
                        Role.TRIGGER,
                        method,
                        new byte[] {0x0a, 1},
                        Code.INVALID_ARGUMENT,
                        MALFORMED,
                        ""));
        cases.add(
                of(
                        "bytes: a structure of 300 levels",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setRecipients(
                                        0, recipient("a@example.com").setContext(nested(300))),
                        Code.INVALID_ARGUMENT,
                        MALFORMED,
                        ""));
        cases.add(
                of(
                        "bytes: 2 MiB",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setRequestId("x".repeat(2 << 20)),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_REQUEST_TOO_LARGE,
                        ""));
        cases.add(
                of(
                        "bytes: 10 MiB",
                        Role.VIEWER,
                        CampaignServiceGrpc.getGetCampaignMethod(),
                        GetCampaignRequest.newBuilder().setName("x".repeat(10 << 20)),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_REQUEST_TOO_LARGE,
                        ""));
        cases.add(
                new BadInput(
                        "bytes: malformed UTF-8 in a look-up",
                        Role.VIEWER,
                        CampaignServiceGrpc.getGetCampaignMethod().getFullMethodName(),
                        new byte[] {0x0a, 1, (byte) 0xff},
                        Code.INVALID_ARGUMENT,
                        MALFORMED,
                        ""));
        cases.add(
                new BadInput(
                        "unknown method",
                        Role.OWNER,
                        "campanile.v1.TriggerService/TriggerCampain",
                        new byte[0],
                        Code.UNIMPLEMENTED,
                        ErrorReason.ERROR_REASON_METHOD_UNKNOWN,
                        ""));
        cases.add(
                new BadInput(
                        "unknown service",
                        Role.OWNER,
                        "campanile.v2.TriggerService/TriggerCampaign",
                        new byte[0],
                        Code.UNIMPLEMENTED,
                        ErrorReason.ERROR_REASON_METHOD_UNKNOWN,
                        ""));
    }

    private static void lookUps(List<BadInput> cases) {
        String hyphens = "-".repeat(36);
        String nothing = UUID.randomUUID().toString();
        cases.add(
                of(
                        "execution: no name",
                        Role.VIEWER,
                        TriggerServiceGrpc.getGetExecutionMethod(),
                        GetExecutionRequest.newBuilder(),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "name"));
        cases.add(
                of(
                        "execution: hyphens",
                        Role.VIEWER,
                        TriggerServiceGrpc.getGetExecutionMethod(),
                        GetExecutionRequest.newBuilder().setName(OWN + "/executions/" + hyphens),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "execution: unknown",
                        Role.VIEWER,
                        TriggerServiceGrpc.getGetExecutionMethod(),
                        GetExecutionRequest.newBuilder().setName(OWN + "/executions/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "watch: unknown",
                        Role.VIEWER,
                        TriggerServiceGrpc.getWatchExecutionMethod(),
                        WatchExecutionRequest.newBuilder().setName(OWN + "/executions/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "cancel: unknown",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getCancelExecutionMethod(),
                        CancelExecutionRequest.newBuilder().setName(OWN + "/executions/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "executions: negative page",
                        Role.VIEWER,
                        TriggerServiceGrpc.getListExecutionsMethod(),
                        ListExecutionsRequest.newBuilder().setParent(OWN).setPageSize(-1),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "page_size"));
        cases.add(
                of(
                        "executions: made-up token",
                        Role.VIEWER,
                        TriggerServiceGrpc.getListExecutionsMethod(),
                        ListExecutionsRequest.newBuilder().setParent(OWN).setPageToken("Zm9v"),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                        "page_token"));
        cases.add(
                of(
                        "executions: filter by nothing known",
                        Role.VIEWER,
                        TriggerServiceGrpc.getListExecutionsMethod(),
                        ListExecutionsRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("color = \"red\""),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "filter"));
        cases.add(
                of(
                        "executions: filter that does not end",
                        Role.VIEWER,
                        TriggerServiceGrpc.getListExecutionsMethod(),
                        ListExecutionsRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("campaign = \"x"),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "filter"));
        cases.add(
                of(
                        "messages: SQL in the filter",
                        Role.VIEWER,
                        MessageServiceGrpc.getListMessagesMethod(),
                        ListMessagesRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("state = SENT; DROP TABLE message"),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "filter"));
        cases.add(
                of(
                        "messages: half an identity",
                        Role.VIEWER,
                        MessageServiceGrpc.getListMessagesMethod(),
                        ListMessagesRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("identity.value = \"a\""),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "filter"));
        cases.add(
                of(
                        "message: unknown",
                        Role.VIEWER,
                        MessageServiceGrpc.getGetMessageMethod(),
                        GetMessageRequest.newBuilder().setName(OWN + "/messages/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "events: unknown message",
                        Role.VIEWER,
                        MessageServiceGrpc.getListMessageEventsMethod(),
                        ListMessageEventsRequest.newBuilder()
                                .setParent(OWN + "/messages/" + nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "status: no name",
                        Role.VIEWER,
                        OperationServiceGrpc.getGetStatusMethod(),
                        GetStatusRequest.newBuilder(),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "name"));
    }

    private static void campaigns(List<BadInput> cases) {
        var draft =
                CampaignDefinition.newBuilder()
                        .setDisplayName("A")
                        .setCategory(Category.CATEGORY_TRANSACTIONAL);
        cases.add(
                of(
                        "create: empty",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        CreateCampaignRequest.newBuilder(),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "parent"));
        cases.add(
                of(
                        "create: bad id",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("Bad Id", draft),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign_id"));
        cases.add(
                of(
                        "create: taken",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("receipt", draft),
                        Code.ALREADY_EXISTS,
                        ErrorReason.ERROR_REASON_RESOURCE_EXISTS,
                        ""));
        cases.add(
                of(
                        "create: no name",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("new", draft.clone().clearDisplayName()),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.display_name"));
        cases.add(
                of(
                        "create: no category",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("new", draft.clone().clearCategory()),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.category"));
        cases.add(
                of(
                        "create: NUL in the text",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create(
                                "new",
                                draft.clone()
                                        .setContent(
                                                CampaignContent.newBuilder()
                                                        .setEmail(
                                                                EmailContent.newBuilder()
                                                                        .setText("a\0")))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.content.email.text"));
        cases.add(
                of(
                        "create: NUL in a name",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("new", draft.clone().setDescription("\0")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.description"));
        cases.add(
                of(
                        "create: tag twice",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("new", draft.clone().addTags("a").addTags("a")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.tags"));
        cases.add(
                of(
                        "create: configuration of another workspace",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create(
                                "new",
                                draft.clone()
                                        .setChannelConfiguration(
                                                "workspaces/other/channelConfigurations/mail")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.channel_configuration"));
        cases.add(
                of(
                        "update: no name",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getUpdateCampaignMethod(),
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(Campaign.newBuilder().setDraft(draft)),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.name"));
        cases.add(
                of(
                        "update: unknown path",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getUpdateCampaignMethod(),
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(Campaign.newBuilder().setName(RECEIPT))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("color")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "update_mask"));
        cases.add(
                of(
                        "update: old etag",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getUpdateCampaignMethod(),
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(
                                        Campaign.newBuilder()
                                                .setName(RECEIPT)
                                                .setEtag("\"0\"")
                                                .setDraft(
                                                        CampaignDefinition.newBuilder()
                                                                .setDescription("x"))),
                        Code.ABORTED,
                        ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                        ""));
        cases.add(
                of(
                        "update: category",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getUpdateCampaignMethod(),
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(
                                        Campaign.newBuilder()
                                                .setName(RECEIPT)
                                                .setDraft(
                                                        CampaignDefinition.newBuilder()
                                                                .setCategory(
                                                                        Category
                                                                                .CATEGORY_MARKETING))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.category"));
        cases.add(
                of(
                        "campaigns: order by nothing known",
                        Role.VIEWER,
                        CampaignServiceGrpc.getListCampaignsMethod(),
                        ListCampaignsRequest.newBuilder().setParent(OWN).setOrderBy("color"),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "order_by"));
        cases.add(
                of(
                        "revisions: made-up token",
                        Role.VIEWER,
                        CampaignServiceGrpc.getListCampaignRevisionsMethod(),
                        ListCampaignRevisionsRequest.newBuilder()
                                .setParent(RECEIPT)
                                .setPageToken("x"),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                        "page_token"));
    }

    private static CreateCampaignRequest.Builder create(
            String id, CampaignDefinition.Builder draft) {
        return CreateCampaignRequest.newBuilder()
                .setParent(OWN)
                .setCampaignId(id)
                .setCampaign(Campaign.newBuilder().setDraft(draft));
    }

    private static void campaignStates(List<BadInput> cases) {
        cases.add(
                of(
                        "delete: live",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getDeleteCampaignMethod(),
                        DeleteCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                of(
                        "activate: unknown",
                        Role.APPROVER,
                        CampaignServiceGrpc.getActivateCampaignMethod(),
                        ActivateCampaignRequest.newBuilder().setName(OWN + "/campaigns/nobody"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "activate: nothing to activate",
                        Role.APPROVER,
                        CampaignServiceGrpc.getActivateCampaignMethod(),
                        ActivateCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT_MISSING,
                        ""));
        cases.add(
                of(
                        "pause: no mode",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getPauseCampaignMethod(),
                        PauseCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "mode"));
        cases.add(
                of(
                        "pause: draft",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getPauseCampaignMethod(),
                        PauseCampaignRequest.newBuilder()
                                .setName(OWN + "/campaigns/unfinished")
                                .setMode(Campaign.PauseMode.PAUSE_MODE_HOLD),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                of(
                        "resume: live",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getResumeCampaignMethod(),
                        ResumeCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                of(
                        "stop: draft",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getStopCampaignMethod(),
                        StopCampaignRequest.newBuilder().setName(OWN + "/campaigns/unfinished"),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                of(
                        "rollback: revision of another campaign",
                        Role.APPROVER,
                        CampaignServiceGrpc.getRollbackCampaignMethod(),
                        RollbackCampaignRequest.newBuilder()
                                .setName(RECEIPT)
                                .setRevision(OWN + "/campaigns/stopped/revisions/1"),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "revision"));
        cases.add(
                of(
                        "rollback: unknown revision",
                        Role.APPROVER,
                        CampaignServiceGrpc.getRollbackCampaignMethod(),
                        RollbackCampaignRequest.newBuilder()
                                .setName(RECEIPT)
                                .setRevision(RECEIPT + "/revisions/99"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "archive: live",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getArchiveCampaignMethod(),
                        ArchiveCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                of(
                        "discard: no draft",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getDiscardDraftMethod(),
                        DiscardDraftRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT_MISSING,
                        ""));
    }

    private static void channelConfigurations(List<BadInput> cases) {
        var create = ChannelConfigurationServiceGrpc.getCreateChannelConfigurationMethod();
        String mail = OWN + "/channelConfigurations/mail";
        cases.add(
                of(
                        "configuration: empty",
                        Role.OPERATOR,
                        create,
                        configuration(ChannelConfiguration.newBuilder()),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.channel"));
        cases.add(
                of(
                        "configuration: bad sender",
                        Role.OPERATOR,
                        create,
                        configuration(sender("shop")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.email.from_address"));
        cases.add(
                of(
                        "configuration: line break in the name",
                        Role.OPERATOR,
                        create,
                        configuration(
                                sender("shop@example.com")
                                        .setEmail(
                                                EmailSender.newBuilder()
                                                        .setFromAddress("shop@example.com")
                                                        .setFromName("a\nb"))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.email.from_name"));
        cases.add(
                of(
                        "configuration: port",
                        Role.OPERATOR,
                        create,
                        configuration(
                                sender("shop@example.com")
                                        .setSmtp(SmtpProvider.newBuilder().setPort(70_000))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.smtp.port"));
        cases.add(
                of(
                        "configuration: user without password",
                        Role.OPERATOR,
                        create,
                        configuration(
                                sender("shop@example.com")
                                        .setSmtp(SmtpProvider.newBuilder().setUsername("a"))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.smtp.password"));
        cases.add(
                of(
                        "configuration: fewer slots than connections",
                        Role.OPERATOR,
                        create,
                        configuration(
                                sender("shop@example.com")
                                        .setLimits(
                                                DeliveryLimits.newBuilder()
                                                        .setConnections(8)
                                                        .setSlots(4))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.limits.slots"));
        cases.add(
                of(
                        "configuration: resume an active one",
                        Role.OPERATOR,
                        ChannelConfigurationServiceGrpc.getResumeChannelConfigurationMethod(),
                        ResumeChannelConfigurationRequest.newBuilder().setName(mail),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_STATE_CONFLICT,
                        ""));
        cases.add(
                of(
                        "configuration: deactivate one in use",
                        Role.OPERATOR,
                        ChannelConfigurationServiceGrpc.getDeactivateChannelConfigurationMethod(),
                        DeactivateChannelConfigurationRequest.newBuilder().setName(mail),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_IN_USE,
                        ""));
        cases.add(
                of(
                        "configuration: unknown",
                        Role.VIEWER,
                        ChannelConfigurationServiceGrpc.getGetChannelConfigurationMethod(),
                        GetChannelConfigurationRequest.newBuilder().setName(mail + "x"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
    }

    private static ChannelConfiguration.Builder sender(String from) {
        return ChannelConfiguration.newBuilder()
                .setChannel(Channel.CHANNEL_EMAIL)
                .setCategory(Category.CATEGORY_TRANSACTIONAL)
                .setEmail(EmailSender.newBuilder().setFromAddress(from));
    }

    private static CreateChannelConfigurationRequest.Builder configuration(
            ChannelConfiguration.Builder configuration) {
        return CreateChannelConfigurationRequest.newBuilder()
                .setParent(OWN)
                .setChannelConfigurationId("new")
                .setChannelConfiguration(configuration);
    }

    private static void access(List<BadInput> cases) {
        var create = AccessServiceGrpc.getCreateApiKeyMethod();
        cases.add(
                of(
                        "key: no roles",
                        Role.OWNER,
                        create,
                        CreateApiKeyRequest.newBuilder()
                                .setParent(OWN)
                                .setApiKey(ApiKey.newBuilder().setDisplayName("a")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "api_key.roles"));
        cases.add(
                of(
                        "key: unknown role",
                        Role.OWNER,
                        create,
                        CreateApiKeyRequest.newBuilder()
                                .setParent(OWN)
                                .setApiKey(
                                        ApiKey.newBuilder().setDisplayName("a").addRolesValue(42)),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "api_key.roles[0]"));
        cases.add(
                of(
                        "key: expired already",
                        Role.OWNER,
                        create,
                        CreateApiKeyRequest.newBuilder()
                                .setParent(OWN)
                                .setApiKey(
                                        ApiKey.newBuilder()
                                                .setDisplayName("a")
                                                .addRoles(io.campanile.v1.Role.ROLE_VIEWER)
                                                .setExpireTime(
                                                        Timestamp.newBuilder().setSeconds(1))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "api_key.expire_time"));
        cases.add(
                of(
                        "key: unknown",
                        Role.OWNER,
                        AccessServiceGrpc.getRevokeApiKeyMethod(),
                        RevokeApiKeyRequest.newBuilder()
                                .setName(OWN + "/apiKeys/" + UUID.randomUUID()),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                of(
                        "workspace: bad id",
                        Role.OWNER,
                        AccessServiceGrpc.getCreateWorkspaceMethod(),
                        CreateWorkspaceRequest.newBuilder().setWorkspaceId("-"),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "workspace_id"));
        cases.add(
                of(
                        "role: viewer triggers",
                        Role.VIEWER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid(),
                        Code.PERMISSION_DENIED,
                        ErrorReason.ERROR_REASON_ROLE_MISSING,
                        ""));
        cases.add(
                of(
                        "role: trigger activates",
                        Role.TRIGGER,
                        CampaignServiceGrpc.getActivateCampaignMethod(),
                        ActivateCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.PERMISSION_DENIED,
                        ErrorReason.ERROR_REASON_ROLE_MISSING,
                        ""));
        cases.add(
                of(
                        "role: author makes keys",
                        Role.AUTHOR,
                        create,
                        CreateApiKeyRequest.newBuilder().setParent(OWN),
                        Code.PERMISSION_DENIED,
                        ErrorReason.ERROR_REASON_ROLE_MISSING,
                        ""));
        cases.add(
                of(
                        "audit: SQL in the filter",
                        Role.OWNER,
                        AccessServiceGrpc.getListAuditEntriesMethod(),
                        ListAuditEntriesRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter("1=1 OR true"),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "filter"));
    }

    static TriggerCampaignRequest.Builder valid() {
        return TriggerCampaignRequest.newBuilder()
                .setCampaign(RECEIPT)
                .setRequestId("r-1")
                .addRecipients(recipient("jane@example.com"));
    }

    static Recipient.Builder recipient(String address) {
        return Recipient.newBuilder()
                .setIdentity(Identity.newBuilder().setNamespace("email").setValue(address));
    }

    private static Struct nested(int depth) {
        Struct struct = Struct.newBuilder().putFields("a", Values.of(1)).build();
        for (int i = 1; i < depth; i++) {
            struct = Struct.newBuilder().putFields("a", Values.of(struct)).build();
        }
        return struct;
    }

    private static void trigger(
            List<BadInput> cases,
            String name,
            TriggerCampaignRequest.Builder request,
            String field) {
        cases.add(
                of(
                        name,
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        request,
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }

    private static void rejected(
            List<BadInput> cases, String name, Recipient.Builder recipient, String field) {
        cases.add(
                of(
                        name,
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setRecipients(0, recipient),
                        Code.INVALID_ARGUMENT,
                        REJECTED,
                        field));
    }

    private static void json(List<BadInput> cases, String name, String json, String field) {
        rejected(cases, name, recipient("a@example.com").setContextJson(json), field);
    }

    private static BadInput of(
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
}
