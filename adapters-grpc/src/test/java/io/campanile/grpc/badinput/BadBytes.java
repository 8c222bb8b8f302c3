package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadContexts.nested;
import static io.campanile.grpc.badinput.BadInput.MALFORMED;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.testing.TriggerRequests.recipient;
import static io.campanile.grpc.testing.TriggerRequests.valid;

import io.campanile.domain.access.Role;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.GetCampaignRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Status.Code;

import java.util.List;

/// Bytes that are no call, or too many.
final class BadBytes {
    private BadBytes() {}

    static void add(List<BadInput> cases) {
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
}
