package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.REJECTED;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.TriggerRequests.recipient;
import static io.campanile.grpc.testing.TriggerRequests.valid;

import com.google.protobuf.Timestamp;

import io.campanile.domain.access.Role;
import io.campanile.v1.*;
import io.campanile.v1.ChannelAddress;
import io.grpc.Status.Code;

import java.util.List;

/// Bad triggers: their envelopes and recipients; what they carry is in [BadContexts].
final class BadTriggers {
    private BadTriggers() {}

    static void add(List<BadInput> cases) {
        triggerEnvelopes(cases);
        recipients(cases);
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
                        .setIdentity(identity("crmId", "7"))
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

    static void rejected(
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
}
