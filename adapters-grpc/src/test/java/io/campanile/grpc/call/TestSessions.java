package io.campanile.grpc.call;

import io.campanile.application.access.Authenticate;
import io.campanile.application.access.Caller;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryApiKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.grpc.Metadata;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

/// Sessions of calls without a wire.
public final class TestSessions {
    private static final String SECRET = "cmp_" + "x".repeat(43);

    private TestSessions() {}

    /// One with a good key of the role `operator`, in `workspaces/default`.
    public static CallerSession operator() {
        var key =
                new ApiKey(
                        new ApiKeyId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        "Test",
                        Set.of(Role.OPERATOR),
                        SECRET.substring(0, 10),
                        KeyHash.of(SECRET),
                        Instant.EPOCH,
                        null,
                        null);
        var keys = new InMemoryApiKeys();
        keys.insert(key);
        var authenticate =
                new Authenticate(keys, new InMemoryChangeSignal(), InstantSource.system());
        authenticate.refresh();
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + SECRET);
        return new CallerSession(
                new Caller(key.id(), key.workspace(), key.roles()),
                headers,
                new KeyCheck(authenticate));
    }
}
