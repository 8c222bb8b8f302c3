package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.TestCampaigns.RECEIPT;
import static io.campanile.grpc.testing.TriggerRequests.valid;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.campanile.domain.access.Role;
import io.campanile.v1.*;
import io.grpc.Status.Code;

import java.util.List;
import java.util.UUID;

/// Bad calls on keys, and calls without the role.
final class BadAdministration {
    private BadAdministration() {}

    static void add(List<BadInput> cases) {
        access(cases);
    }

    private static void access(List<BadInput> cases) {
        var create = AccessServiceGrpc.getCreateApiKeyMethod();
        cases.add(
                badInput(
                        "key: no roles",
                        Role.OWNER,
                        create,
                        CreateApiKeyRequest.newBuilder()
                                .setParent(OWN)
                                .setApiKey(ApiKey.newBuilder().setDisplayName("a")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "api_key.roles REQUIRED"));
        cases.add(
                badInput(
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
                badInput(
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
                        "api_key.expire_time OUT_OF_RANGE"));
        cases.add(
                badInput(
                        "key: expires when there are no more times",
                        Role.OWNER,
                        create,
                        CreateApiKeyRequest.newBuilder()
                                .setParent(OWN)
                                .setApiKey(
                                        ApiKey.newBuilder()
                                                .setDisplayName("a")
                                                .addRoles(io.campanile.v1.Role.ROLE_VIEWER)
                                                .setExpireTime(Timestamps.MAX_VALUE)),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "api_key.expire_time OUT_OF_RANGE"));
        cases.add(
                badInput(
                        "key: unknown",
                        Role.OWNER,
                        AccessServiceGrpc.getRevokeApiKeyMethod(),
                        RevokeApiKeyRequest.newBuilder()
                                .setName(OWN + "/apiKeys/" + UUID.randomUUID()),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "workspace: bad id",
                        Role.OWNER,
                        AccessServiceGrpc.getCreateWorkspaceMethod(),
                        CreateWorkspaceRequest.newBuilder().setWorkspaceId("-"),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "workspace_id"));
        cases.add(
                badInput(
                        "workspace: attributes of no type",
                        Role.OWNER,
                        AccessServiceGrpc.getUpdateWorkspaceMethod(),
                        UpdateWorkspaceRequest.newBuilder()
                                .setWorkspace(
                                        Workspace.newBuilder()
                                                .setName(OWN)
                                                .setAttributeSchema(
                                                        AttributeSchema.newBuilder()
                                                                .addAttributes(
                                                                        AttributeDefinition
                                                                                .newBuilder()
                                                                                .setPath("plan")))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "workspace.attribute_schema.attributes[0].type REQUIRED"));
        for (String path :
                List.of(
                        ".email",
                        "work..email",
                        "work.email.",
                        "work\n",
                        "phones.0",
                        "x".repeat(201))) {
            cases.add(
                    badInput(
                            "workspace: addresses in " + path.strip(),
                            Role.OWNER,
                            AccessServiceGrpc.getUpdateWorkspaceMethod(),
                            UpdateWorkspaceRequest.newBuilder()
                                    .setWorkspace(
                                            Workspace.newBuilder()
                                                    .setName(OWN)
                                                    .setAddressField(path)),
                            Code.INVALID_ARGUMENT,
                            VIOLATION,
                            "workspace.address_field"));
        }
        cases.add(
                badInput(
                        "role: viewer triggers",
                        Role.VIEWER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid(),
                        Code.PERMISSION_DENIED,
                        ErrorReason.ERROR_REASON_ROLE_MISSING,
                        ""));
        cases.add(
                badInput(
                        "role: trigger activates",
                        Role.TRIGGER,
                        CampaignServiceGrpc.getActivateCampaignMethod(),
                        ActivateCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.PERMISSION_DENIED,
                        ErrorReason.ERROR_REASON_ROLE_MISSING,
                        ""));
        cases.add(
                badInput(
                        "role: author makes keys",
                        Role.AUTHOR,
                        create,
                        CreateApiKeyRequest.newBuilder().setParent(OWN),
                        Code.PERMISSION_DENIED,
                        ErrorReason.ERROR_REASON_ROLE_MISSING,
                        ""));
        cases.add(
                badInput(
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
}
