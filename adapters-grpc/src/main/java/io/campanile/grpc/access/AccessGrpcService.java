package io.campanile.grpc.access;

import com.google.protobuf.FieldMask;

import io.campanile.application.access.AccessResult;
import io.campanile.application.access.Caller;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.query.Page;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.FieldMasks;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.*;
import io.campanile.v1.UpdateWorkspaceRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

/// `AccessService`.
public final class AccessGrpcService extends AccessServiceGrpc.AccessServiceImplBase {
    private final ManageAccess access;
    private final AccessProtos protos;

    public AccessGrpcService(ManageAccess access, InstantSource clock) {
        this.access = access;
        this.protos = new AccessProtos(clock);
    }

    @Override
    public void createWorkspace(
            CreateWorkspaceRequest request, StreamObserver<CreateWorkspaceResponse> observer) {
        Unary.respond(observer, () -> create(request));
    }

    private CreateWorkspaceResponse create(CreateWorkspaceRequest request) {
        if (!Callers.current().workspace().equals(WorkspaceId.DEFAULT)) {
            throw Callers.defaultWorkspaceNeeded(AccessServiceGrpc.getCreateWorkspaceMethod());
        }
        AccessResult.OfNewWorkspace result =
                access.createWorkspace(
                        new WorkspaceId(request.getWorkspaceId()),
                        created -> AccessProtos.edited(created, request.getWorkspace()),
                        Edits.call("", request.getValidateOnly()));
        return switch (result) {
            case AccessResult.WorkspaceCreated created ->
                    created(created, request.getValidateOnly());
            case AccessResult.WorkspaceExists(var id) ->
                    throw GrpcErrors.alreadyExists(Names.of(id));
        };
    }

    private CreateWorkspaceResponse created(
            AccessResult.WorkspaceCreated created, boolean validateOnly) {
        var response =
                CreateWorkspaceResponse.newBuilder()
                        .setWorkspace(AccessProtos.workspace(created.workspace()));
        if (!validateOnly) {
            response.setApiKey(protos.key(created.key())).setSecret(created.secret().value());
        }
        return response.build();
    }

    @Override
    public void getWorkspace(GetWorkspaceRequest request, StreamObserver<Workspace> observer) {
        Unary.respond(observer, () -> workspace(Names.workspace(request.getName())));
    }

    private Workspace workspace(WorkspaceId id) {
        return access.getWorkspace(id)
                .map(AccessProtos::workspace)
                .orElseThrow(() -> GrpcErrors.notFound(Names.of(id)));
    }

    @Override
    public void updateWorkspace(
            UpdateWorkspaceRequest request, StreamObserver<Workspace> observer) {
        Unary.respond(observer, () -> update(request));
    }

    private Workspace update(UpdateWorkspaceRequest request) {
        Workspace source = request.getWorkspace();
        FieldMask paths =
                FieldMasks.paths(request.getUpdateMask(), request.hasUpdateMask(), source);
        AccessResult.OfWorkspace result =
                access.updateWorkspace(
                        Names.workspace("workspace.name", source.getName()),
                        known ->
                                AccessProtos.edited(
                                        known,
                                        FieldMasks.merge(
                                                paths,
                                                source,
                                                AccessProtos.unchanged(known, source.getEtag()))),
                        Edits.call("", request.getValidateOnly()));
        return switch (result) {
            case AccessResult.WorkspaceUpdated(var workspace) -> AccessProtos.workspace(workspace);
            case AccessResult.WorkspaceNotFound(var id) -> throw GrpcErrors.notFound(Names.of(id));
        };
    }

    /// A key sees its own workspace, so that there is only one.
    @Override
    public void listWorkspaces(
            ListWorkspacesRequest request, StreamObserver<ListWorkspacesResponse> observer) {
        Unary.respond(
                observer,
                () -> {
                    if (!request.getPageToken().isEmpty()) {
                        throw Pages.pageTokenInvalid();
                    }
                    Caller caller = Callers.current();
                    return ListWorkspacesResponse.newBuilder()
                            .addWorkspaces(workspace(caller.workspace()))
                            .build();
                });
    }

    @Override
    public void createApiKey(
            CreateApiKeyRequest request, StreamObserver<CreateApiKeyResponse> observer) {
        Unary.respond(observer, () -> create(request));
    }

    private CreateApiKeyResponse create(CreateApiKeyRequest request) {
        ApiKey proto = request.getApiKey();
        AccessResult.OfNewKey result =
                access.createKey(
                        Names.workspace(request.getParent()),
                        proto.getDisplayName(),
                        proto.getRolesList().stream()
                                .map(AccessProtos::role)
                                .collect(Collectors.toSet()),
                        expireTime(proto),
                        Edits.call("", request.getValidateOnly()));
        return switch (result) {
            case AccessResult.KeyCreated(var key, var secret) -> {
                var response = CreateApiKeyResponse.newBuilder().setApiKey(protos.key(key));
                yield request.getValidateOnly()
                        ? response.build()
                        : response.setSecret(secret.value()).build();
            }
            case AccessResult.ExpireTimeOutOfRange _ -> throw expireTimeOutOfRange();
        };
    }

    private static @Nullable Instant expireTime(ApiKey proto) {
        return proto.hasExpireTime()
                ? Times.instant(proto.getExpireTime())
                        .orElseThrow(AccessGrpcService::expireTimeOutOfRange)
                : null;
    }

    private static StatusRuntimeException expireTimeOutOfRange() {
        return GrpcErrors.fieldViolation(
                "api_key.expire_time",
                ViolationReason.VIOLATION_REASON_OUT_OF_RANGE,
                Times.EXPIRE_TIME_OUT_OF_RANGE);
    }

    @Override
    public void getApiKey(GetApiKeyRequest request, StreamObserver<ApiKey> observer) {
        String name = request.getName();
        Unary.respond(
                observer,
                () ->
                        access.getKey(Names.workspace(name), Names.apiKey(name))
                                .map(protos::key)
                                .orElseThrow(() -> GrpcErrors.notFound(name)));
    }

    @Override
    public void listApiKeys(
            ListApiKeysRequest request, StreamObserver<ListApiKeysResponse> observer) {
        Unary.respond(
                observer,
                () -> {
                    Page.Found<io.campanile.domain.access.ApiKey> page =
                            Pages.found(
                                    access.listKeys(
                                            Names.workspace(request.getParent()),
                                            Pages.request(request)));
                    var response =
                            ListApiKeysResponse.newBuilder().setNextPageToken(page.nextPageToken());
                    page.entries().forEach(key -> response.addApiKeys(protos.key(key)));
                    return response.build();
                });
    }

    @Override
    public void revokeApiKey(RevokeApiKeyRequest request, StreamObserver<ApiKey> observer) {
        Unary.respond(observer, () -> revoke(request));
    }

    private ApiKey revoke(RevokeApiKeyRequest request) {
        String name = request.getName();
        AccessResult.OfRevocation result =
                access.revokeKey(
                        Names.workspace(name),
                        Names.apiKey(name),
                        Edits.call("", request.getValidateOnly()));
        return switch (result) {
            case AccessResult.KeyRevoked(var key) -> protos.key(key);
            case AccessResult.KeyNotFound _ -> throw GrpcErrors.notFound(name);
            case AccessResult.LastOwnerKey(var key) ->
                    throw GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_LAST_OWNER_KEY,
                            "it is the last owner key of the workspace that does not expire; create"
                                    + " another such key first",
                            Map.of("apiKey", Names.of(key.workspace(), key.id())));
        };
    }

    @Override
    public void listAuditEntries(
            ListAuditEntriesRequest request, StreamObserver<ListAuditEntriesResponse> observer) {
        Unary.respond(
                observer,
                () -> {
                    Page.Found<AuditEntry> page =
                            Pages.found(
                                    access.listAuditEntries(
                                            Names.workspace(request.getParent()),
                                            Pages.request(request)));
                    var response =
                            ListAuditEntriesResponse.newBuilder()
                                    .setNextPageToken(page.nextPageToken());
                    page.entries()
                            .forEach(entry -> response.addAuditEntries(AccessProtos.entry(entry)));
                    return response.build();
                });
    }
}
