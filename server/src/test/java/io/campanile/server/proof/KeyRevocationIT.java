package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.call.ApiClient;
import io.campanile.v1.ApiKey;
import io.campanile.v1.CreateApiKeyRequest;
import io.campanile.v1.CreateApiKeyResponse;
import io.campanile.v1.ListExecutionsRequest;
import io.campanile.v1.RevokeApiKeyRequest;
import io.campanile.v1.Role;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A revoked key opens nothing on any node, two seconds later at most.
@Tag("alone")
class KeyRevocationIT {
    private static final Duration PROMPT = Duration.ofSeconds(2);

    @Test
    void shutsARevokedKeyOutOfEveryNode() throws IOException {
        try (Cluster cluster = Cluster.create()) {
            List<Node> nodes = cluster.startAll("one", "two");
            Node one = nodes.get(0);
            Node two = nodes.get(1);
            CreateApiKeyResponse created =
                    one.access()
                            .createApiKey(
                                    CreateApiKeyRequest.newBuilder()
                                            .setParent(Scenery.WORKSPACE)
                                            .setApiKey(
                                                    ApiKey.newBuilder()
                                                            .setDisplayName("Shop")
                                                            .addRoles(Role.ROLE_TRIGGER))
                                            .build());
            try (ApiClient onOne = Node.connect(one.process(), created.getSecret());
                    ApiClient onTwo = Node.connect(two.process(), created.getSecret())) {
                assertThat(answer(onOne)).isEqualTo(Status.Code.OK);
                assertThat(answer(onTwo)).isEqualTo(Status.Code.OK);

                var _ =
                        one.access()
                                .revokeApiKey(
                                        RevokeApiKeyRequest.newBuilder()
                                                .setName(created.getApiKey().getName())
                                                .build());

                // No condition to wait for: what is promised is a time.
                LockSupport.parkNanos(PROMPT.toNanos());
                assertThat(answer(onOne)).isEqualTo(Status.Code.UNAUTHENTICATED);
                assertThat(answer(onTwo)).isEqualTo(Status.Code.UNAUTHENTICATED);
            }
            cluster.audit();
        }
    }

    private static Status.Code answer(ApiClient client) {
        try {
            var _ =
                    TriggerServiceGrpc.newBlockingStub(client.channel())
                            .withDeadlineAfter(30, TimeUnit.SECONDS)
                            .listExecutions(
                                    ListExecutionsRequest.newBuilder()
                                            .setParent(Scenery.WORKSPACE)
                                            .build());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
