package io.campanile.grpc;

import static io.campanile.grpc.BadInput.MALFORMED;
import static io.campanile.grpc.BadInput.NOT_FOUND;
import static io.campanile.grpc.BadInput.OWN;
import static io.campanile.grpc.BadInput.REJECTED;
import static io.campanile.grpc.BadInput.VIOLATION;
import static io.campanile.grpc.BadInput.badInput;
import static io.campanile.grpc.BadInput.recipient;
import static io.campanile.grpc.BadInput.valid;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;

import io.campanile.domain.access.Role;
import io.campanile.v1.*;
import io.campanile.v1.ChannelAddress;
import io.grpc.Status.Code;

import java.util.List;

/// Bad triggers: their envelopes, recipients, payloads and bytes.
final class BadTriggers {
    private BadTriggers() {}

    static void add(List<BadInput> cases) {
        triggerEnvelopes(cases);
        recipients(cases);
        payloads(cases);
        contracts(cases);
        bytes(cases);
    }

    private static void triggerEnvelopes(List<BadInput> cases) {
        trigger(
                cases,
                "trigger: empty request",
                TriggerCampaignRequest.newBuilder(),
                "campaign REQUIRED");
        trigger(cases, "trigger: no campaign", valid().clearCampaign(), "campaign REQUIRED");
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
        trigger(cases, "trigger: no request id", valid().clearRequestId(), "request_id REQUIRED");
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
        trigger(cases, "trigger: no recipients", valid().clearRecipients(), "recipients REQUIRED");
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
                "schedule_time OUT_OF_RANGE");
        trigger(
                cases,
                "trigger: impossible expire_time",
                valid().setExpireTime(Timestamp.newBuilder().setNanos(-1)),
                "expire_time OUT_OF_RANGE");
        trigger(
                cases,
                "trigger: metadata too large",
                valid().putMetadata("a", "x".repeat(2048)),
                "metadata OUT_OF_RANGE");
        cases.add(
                badInput(
                        "trigger: unknown campaign",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setCampaign(OWN + "/campaigns/nobody"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "trigger: draft",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setCampaign(OWN + "/campaigns/unfinished"),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT,
                        ""));
        cases.add(
                badInput(
                        "trigger: stopped",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setCampaign(OWN + "/campaigns/stopped"),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STOPPED,
                        ""));
    }

    private static void recipients(List<BadInput> cases) {
        rejected(
                cases,
                "recipient: empty",
                Recipient.newBuilder(),
                "recipients[0].identity REQUIRED");
        rejected(
                cases,
                "recipient: no namespace",
                recipient("").setIdentity(Identity.newBuilder().setValue("a")),
                "recipients[0].identity.namespace REQUIRED");
        rejected(
                cases,
                "recipient: no value",
                recipient(""),
                "recipients[0].identity.value REQUIRED");
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
                "recipient: an address that is none",
                recipient("")
                        .setIdentity(Identity.newBuilder().setNamespace("crmId").setValue("7"))
                        .setAddress(ChannelAddress.newBuilder().setEmail("nobody")),
                "recipients[0].address.email ADDRESS_MALFORMED");
        rejected(
                cases,
                "recipient: identity is no address",
                recipient("nobody"),
                "recipients[0].identity.value ADDRESS_MALFORMED");
        rejected(
                cases,
                "recipient: two addresses",
                recipient("a@example.com")
                        .setAddress(
                                ChannelAddress.newBuilder()
                                        .setEmail("a@example.com,b@example.com")),
                "recipients[0].address.email ADDRESS_MALFORMED");
        rejected(
                cases,
                "recipient: address too long",
                recipient("a@example.com")
                        .setAddress(ChannelAddress.newBuilder().setEmail("a".repeat(300))),
                "recipients[0].address.email");
    }

    private static void payloads(List<BadInput> cases) {
        json(cases, "context_json: empty", "", "recipients[0].context_json CONTEXT_MALFORMED");
        json(cases, "context_json: a list", "[1]", "recipients[0].context_json CONTEXT_MALFORMED");
        json(cases, "context_json: cut", "{\"a\":", "recipients[0].context_json CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: two objects",
                "{} {}",
                "recipients[0].context_json CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: no JSON",
                "{a:1}",
                "recipients[0].context_json CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: NaN",
                "{\"a\":NaN}",
                "recipients[0].context_json CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: repeated name",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "recipients[0].context.a.b CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: NUL",
                "{\"a\":[\"x\\u0000\"]}",
                "recipients[0].context.a[0] CHARACTER_NOT_ALLOWED");
        json(
                cases,
                "context_json: half a surrogate",
                "{\"a\":\"\\ud800\"}",
                "recipients[0].context.a CHARACTER_NOT_ALLOWED");
        json(
                cases,
                "context_json: huge exponent",
                "{\"a\":1e999999}",
                "recipients[0].context.a OUT_OF_RANGE");
        json(
                cases,
                "context_json: thousands of digits",
                "{\"a\":" + "9".repeat(900) + "}",
                "recipients[0].context.a OUT_OF_RANGE");
        json(
                cases,
                "context_json: too large",
                "{\"a\":\"" + "x".repeat(205_000) + "\"}",
                "recipients[0].context_json");
        json(
                cases,
                "context_json: too deep",
                "{\"a\":".repeat(33) + "1" + "}".repeat(33),
                "recipients[0].context" + ".a".repeat(32) + " CONTEXT_TOO_LARGE");
        json(
                cases,
                "context: reserved",
                "{\"system\":1}",
                "recipients[0].context.system CONTEXT_RESERVED");
        rejected(
                cases,
                "context: too deep",
                recipient("a@example.com").setContext(nested(33)),
                "recipients[0].context" + ".a".repeat(32) + " CONTEXT_TOO_LARGE");
        rejected(
                cases,
                "context: too large",
                recipient("a@example.com")
                        .setContext(
                                Struct.newBuilder().putFields("a", Values.of("x".repeat(205_000)))),
                "recipients[0].context CONTEXT_TOO_LARGE");
        rejected(
                cases,
                "context: infinite",
                recipient("a@example.com")
                        .setContext(
                                Struct.newBuilder()
                                        .putFields("a", Values.of(Double.POSITIVE_INFINITY))),
                "recipients[0].context.a OUT_OF_RANGE");
        rejected(
                cases,
                "context: NUL in a name",
                recipient("a@example.com")
                        .setContext(Struct.newBuilder().putFields("a\0b", Values.of(1))),
                "recipients[0].context.a?b CHARACTER_NOT_ALLOWED");
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
                "recipients[0].profile.a[0] CHARACTER_NOT_ALLOWED");
    }

    private static void contracts(List<BadInput> cases) {
        contract(cases, "context: without what is needed", "{}", "CONTEXT_FIELD_MISSING");
        contract(
                cases,
                "context: a text for a number",
                "{\"percent\":\"a few\"}",
                "CONTEXT_FIELD_TYPE");
        contract(cases, "context: a list for a number", "{\"percent\":[20]}", "CONTEXT_FIELD_TYPE");
    }

    private static void contract(List<BadInput> cases, String name, String json, String reason) {
        cases.add(
                badInput(
                        name,
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setCampaign(BadInputStage.TYPED)
                                .setRecipients(0, recipient("a@example.com").setContextJson(json)),
                        Code.INVALID_ARGUMENT,
                        REJECTED,
                        "recipients[0].context.percent " + reason));
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
                badInput(
                        "bytes: a structure of 300 levels",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setRecipients(
                                        0, recipient("a@example.com").setContext(nested(300))),
                        Code.INVALID_ARGUMENT,
                        MALFORMED,
                        ""));
        cases.add(
                badInput(
                        "bytes: 2 MiB",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setRequestId("x".repeat(2 << 20)),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_REQUEST_TOO_LARGE,
                        ""));
        cases.add(
                badInput(
                        "bytes: 40 MiB, more than is worth reading",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setRequestId("x".repeat(40 << 20)),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_REQUEST_TOO_LARGE,
                        ""));
        cases.add(
                badInput(
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
                badInput(
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
                badInput(
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
}
