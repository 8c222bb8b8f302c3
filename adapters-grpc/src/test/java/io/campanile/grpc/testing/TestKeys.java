package io.campanile.grpc.testing;

import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;
import io.grpc.CallCredentials;
import io.grpc.Metadata;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;

/// The keys of a [GrpcWorld]: one of each role in each workspace, one that has expired and one that
/// was revoked.
public final class TestKeys {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private TestKeys() {}

    static List<ApiKey> all() {
        var all = new ArrayList<ApiKey>();
        for (WorkspaceId workspace : List.of(WorkspaceId.DEFAULT, GrpcWorld.OTHER)) {
            for (Role role : Role.values()) {
                all.add(key(workspace, Set.of(role), null, null));
            }
        }
        all.add(key("expired", LONG_AGO, null));
        all.add(key("revoked", null, LONG_AGO));
        return all;
    }

    private static ApiKey key(
            WorkspaceId workspace,
            Set<Role> roles,
            @Nullable Instant expireTime,
            @Nullable Instant revokeTime) {
        String secret = secret(workspace, roles.iterator().next());
        return key(workspace, roles, secret, expireTime, revokeTime);
    }

    private static ApiKey key(
            String name, @Nullable Instant expireTime, @Nullable Instant revokeTime) {
        return key(WorkspaceId.DEFAULT, Set.of(Role.OWNER), secret(name), expireTime, revokeTime);
    }

    private static ApiKey key(
            WorkspaceId workspace,
            Set<Role> roles,
            String secret,
            @Nullable Instant expireTime,
            @Nullable Instant revokeTime) {
        return new ApiKey(
                new ApiKeyId(UUID.randomUUID()),
                workspace,
                "Test",
                roles,
                secret.substring(0, 10),
                KeyHash.of(secret),
                Instant.EPOCH,
                expireTime,
                revokeTime);
    }

    /// The secret of the key with that role.
    public static String secret(WorkspaceId workspace, Role role) {
        return secret(workspace + "-" + role);
    }

    public static String secret(String name) {
        String body = name.replaceAll("[^A-Za-z0-9]", "_");
        return "cmp_" + body + "x".repeat(43 - body.length());
    }

    /// Credentials that send a header as it is.
    public static CallCredentials authorization(String value) {
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(
                    RequestInfo info, Executor executor, MetadataApplier applier) {
                Metadata headers = new Metadata();
                headers.put(
                        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), value);
                applier.apply(headers);
            }
        };
    }
}
