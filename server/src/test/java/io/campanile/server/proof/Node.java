package io.campanile.server.proof;

import io.campanile.server.Secret;
import io.campanile.server.call.ApiClient;
import io.campanile.server.testing.ServerProcess;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RuleSetServiceGrpc;
import io.campanile.v1.SuppressionServiceGrpc;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Channel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One run of the real server process and a client with the owner's key.
record Node(Path folder, ServerProcess process, ApiClient client) implements AutoCloseable {
    /// Longer than anything here takes on a busy machine.
    private static final long PATIENCE_SECONDS = 60;

    static Node of(Path folder, ServerProcess process, String key) throws IOException {
        return new Node(folder, process, connect(process, key));
    }

    /// Another client of the same node, with a key of its own.
    static ApiClient connect(ServerProcess process, String key) throws IOException {
        String server = "127.0.0.1:" + process.grpcPort();
        return ApiClient.plaintext(server, Optional.of(new Secret(key)));
    }

    Channel channel() {
        return client.channel();
    }

    TriggerServiceGrpc.TriggerServiceBlockingStub triggers() {
        return triggers(PATIENCE_SECONDS);
    }

    TriggerServiceGrpc.TriggerServiceBlockingStub triggers(long deadlineSeconds) {
        return TriggerServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(deadlineSeconds, TimeUnit.SECONDS);
    }

    CampaignServiceGrpc.CampaignServiceBlockingStub campaigns() {
        return CampaignServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    ChannelConfigurationServiceGrpc.ChannelConfigurationServiceBlockingStub configurations() {
        return ChannelConfigurationServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    MessageServiceGrpc.MessageServiceBlockingStub messages() {
        return MessageServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    AccessServiceGrpc.AccessServiceBlockingStub access() {
        return AccessServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    ProfileServiceGrpc.ProfileServiceBlockingStub profiles() {
        return ProfileServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    RuleSetServiceGrpc.RuleSetServiceBlockingStub ruleSets() {
        return RuleSetServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    SuppressionServiceGrpc.SuppressionServiceBlockingStub suppressions() {
        return SuppressionServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    AudienceServiceGrpc.AudienceServiceBlockingStub audiences() {
        return AudienceServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        client.close();
        process.close();
    }
}
