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
        AccessResult result =
                access.createWorkspace(
                        new WorkspaceId(request.getWorkspaceId()),
                        created -> AccessProtos.edited(created, request.getWorkspace()),
                        Edits.call("", request.getValidateOnly()));
        if (result instanceof AccessResult.WorkspaceCreated(var workspace, var key, var secret)) {
            var response =
                    CreateWorkspaceResponse.newBuilder()
                            .setWorkspace(AccessProtos.workspace(workspace));
            if (!request.getValidateOnly()) {
                response.setApiKey(protos.key(key)).setSecret(secret.value());
            }
            return response.build();
        }
        throw error(result);
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
        AccessResult result =
                access.updateWorkspace(
                        Names.workspace("workspace.name", source.getName()),
                        known ->
                                AccessProtos.edited(
                                        known,
                                        FieldMasks.merge(
                                                paths, source, AccessProtos.workspace(known))),
                        Edits.call("", request.getValidateOnly()));
        if (result instanceof AccessResult.WorkspaceUpdated(var workspace)) {
            return AccessProtos.workspace(workspace);
        }
        throw error(result);
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
        AccessResult result =
                access.createKey(
                        Names.workspace(request.getParent()),
                        proto.getDisplayName(),
                        proto.getRolesList().stream()
                                .map(AccessProtos::role)
                                .collect(Collectors.toSet()),
                        expireTime(proto),
                        Edits.call("", request.getValidateOnly()));
        if (result instanceof AccessResult.KeyCreated(var key, var secret)) {
            var response = CreateApiKeyResponse.newBuilder().setApiKey(protos.key(key));
            return request.getValidateOnly()
                    ? response.build()
                    : response.setSecret(secret.value()).build();
        }
        throw error(result);
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
                "must lie ahead");
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
                                            Pages.request(
                                                    request.getPageSize(),
                                                    request.getPageToken())));
                    var response =
                            ListApiKeysResponse.newBuilder().setNextPageToken(page.nextPageToken());
                    page.entries().forEach(key -> response.addApiKeys(protos.key(key)));
                    return response.build();
                });
    }

    @Override
    public void revokeApiKey(RevokeApiKeyRequest request, StreamObserver<ApiKey> observer) {
        String name = request.getName();
        Unary.respond(
                observer,
                () -> {
                    AccessResult result =
                            access.revokeKey(
                                    Names.workspace(name),
                                    Names.apiKey(name),
                                    Edits.call("", request.getValidateOnly()));
                    if (result instanceof AccessResult.KeyRevoked(var key)) {
                        return protos.key(key);
                    }
                    throw result instanceof AccessResult.KeyNotFound
                            ? GrpcErrors.notFound(name)
                            : error(result);
                });
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
                                            Pages.request(
                                                    request.getFilter(),
                                                    request.getPageSize(),
                                                    request.getPageToken())));
                    var response =
                            ListAuditEntriesResponse.newBuilder()
                                    .setNextPageToken(page.nextPageToken());
                    page.entries()
                            .forEach(entry -> response.addAuditEntries(AccessProtos.entry(entry)));
                    return response.build();
                });
    }

    private static StatusRuntimeException error(AccessResult result) {
        return switch (result) {
            case AccessResult.WorkspaceNotFound(var id) -> GrpcErrors.notFound(Names.of(id));
            case AccessResult.WorkspaceExists(var id) -> GrpcErrors.alreadyExists(Names.of(id));
            case AccessResult.ExpireTimePassed _ -> expireTimeOutOfRange();
            case AccessResult.LastOwnerKey(var key) ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_LAST_OWNER_KEY,
                            "it is the last valid owner key of the workspace",
                            Map.of("apiKey", Names.of(key.workspace(), key.id())));
            case AccessResult.WorkspaceCreated _,
                    AccessResult.WorkspaceUpdated _,
                    AccessResult.KeyCreated _,
                    AccessResult.KeyRevoked _,
                    AccessResult.KeyNotFound _ ->
                    throw new IllegalArgumentException("no error of this call");
        };
    }
}
