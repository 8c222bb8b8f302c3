package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.hasNoSuchPage;
import static io.campanile.grpc.badinput.BadInput.isNotPermitted;
import static io.campanile.grpc.badinput.BadInput.isStale;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.PageToken;
import io.campanile.domain.access.Role;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.GetApiKeyRequest;
import io.campanile.v1.GetWorkspaceRequest;
import io.campanile.v1.ListApiKeysRequest;
import io.campanile.v1.ListWorkspacesRequest;
import io.campanile.v1.UpdateWorkspaceRequest;
import io.campanile.v1.Workspace;

import java.util.List;
import java.util.UUID;

/// Bad look-ups of workspaces and keys, and changes of workspaces that came too late.
final class BadKeys {
    private BadKeys() {}

    static void add(List<BadInput> cases) {
        workspaces(cases);
        key(cases);
        keys(cases);
    }

    private static void workspaces(List<BadInput> cases) {
        var get = AccessServiceGrpc.getGetWorkspaceMethod();
        violates(
                cases,
                "workspace: none named",
                Role.VIEWER,
                get,
                GetWorkspaceRequest.newBuilder(),
                "name REQUIRED");
        violates(
                cases,
                "workspace: what lies in one",
                Role.VIEWER,
                get,
                GetWorkspaceRequest.newBuilder().setName(OWN + "/campaigns"),
                "name");
        for (String name : List.of("other", "default-2", "nobodys")) {
            findsNothing(
                    cases,
                    "workspace: looks at " + name,
                    Role.OWNER,
                    get,
                    GetWorkspaceRequest.newBuilder().setName("workspaces/" + name));
        }
        isStale(
                cases,
                "workspace: old etag",
                Role.OWNER,
                AccessServiceGrpc.getUpdateWorkspaceMethod(),
                UpdateWorkspaceRequest.newBuilder()
                        .setWorkspace(
                                Workspace.newBuilder()
                                        .setName(OWN)
                                        .setEtag("\"0\"")
                                        .setTimeZone("Europe/Vienna")));
        var list = AccessServiceGrpc.getListWorkspacesMethod();
        violates(
                cases,
                "workspaces: negative page",
                Role.VIEWER,
                list,
                ListWorkspacesRequest.newBuilder().setPageSize(-1),
                "page_size OUT_OF_RANGE");
        violates(
                cases,
                "workspaces: endless token",
                Role.VIEWER,
                list,
                ListWorkspacesRequest.newBuilder().setPageToken("x".repeat(2_049)),
                "page_token");
        hasNoSuchPage(
                cases,
                "workspaces: made-up token",
                Role.VIEWER,
                list,
                ListWorkspacesRequest.newBuilder().setPageToken("2"));
    }

    private static void key(List<BadInput> cases) {
        var get = AccessServiceGrpc.getGetApiKeyMethod();
        String unknown = OWN + "/apiKeys/" + UUID.randomUUID();
        violates(
                cases,
                "key: a name of no form",
                Role.OWNER,
                get,
                GetApiKeyRequest.newBuilder().setName(OWN + "/apiKeys/first"),
                "name");
        findsNothing(
                cases,
                "key: gets an unknown one",
                Role.OWNER,
                get,
                GetApiKeyRequest.newBuilder().setName(unknown));
        findsNothing(
                cases,
                "key: hyphens",
                Role.OWNER,
                get,
                GetApiKeyRequest.newBuilder().setName(OWN + "/apiKeys/" + "-".repeat(36)));
        findsNothing(
                cases,
                "key: gets one of another workspace",
                Role.OWNER,
                get,
                GetApiKeyRequest.newBuilder().setName(unknown.replace("default", "other")));
        isNotPermitted(
                cases,
                "role: operator looks at a key",
                Role.OPERATOR,
                get,
                GetApiKeyRequest.newBuilder().setName(unknown));
    }

    private static void keys(List<BadInput> cases) {
        var list = AccessServiceGrpc.getListApiKeysMethod();
        violates(
                cases,
                "keys: of nothing",
                Role.OWNER,
                list,
                ListApiKeysRequest.newBuilder().setParent("workspaces/"),
                "parent");
        findsNothing(
                cases,
                "keys: of another workspace",
                Role.OWNER,
                list,
                ListApiKeysRequest.newBuilder().setParent("workspaces/other"));
        hasNoSuchPage(cases, "keys: a token that is no text", Role.OWNER, list, page("%%%"));
        hasNoSuchPage(
                cases,
                "keys: the token of a list with a filter",
                Role.OWNER,
                list,
                page(token("2026-03-01T12:00:00Z", "actor = \"system\"")));
        hasNoSuchPage(
                cases, "keys: a token with no time", Role.OWNER, list, page(token("soon", "")));
    }

    private static ListApiKeysRequest.Builder page(String token) {
        return ListApiKeysRequest.newBuilder().setParent(OWN).setPageToken(token);
    }

    private static String token(String sortValue, String filter) {
        return PageToken.encode(
                new Cursor(sortValue, UUID.randomUUID().toString()),
                PageToken.digest(Pages.request(page("").build()).list(), filter, ""));
    }
}
