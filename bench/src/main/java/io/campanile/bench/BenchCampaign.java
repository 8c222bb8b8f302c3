package io.campanile.bench;

import com.google.protobuf.Duration;

import io.campanile.v1.ActivateCampaignRequest;
import io.campanile.v1.ActivateChannelConfigurationRequest;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignContent;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.CreateCampaignRequest;
import io.campanile.v1.CreateChannelConfigurationRequest;
import io.campanile.v1.DeliveryLimits;
import io.campanile.v1.EmailContent;
import io.campanile.v1.EmailSender;
import io.campanile.v1.RetrySettings;
import io.campanile.v1.SmtpProvider;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;

/// The campaign that is triggered, made through the API as an author would.
final class BenchCampaign {
    static final String NAME = "workspaces/default/campaigns/bench";

    private static final String CONFIGURATION = "workspaces/default/channelConfigurations/bench";

    private BenchCampaign() {}

    /// Creates and activates it, with a configuration that sends to the port on loopback.
    static void create(
            String server, String key, int smtpPort, DeliveryLimits limits, EmailContent content) {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + key);
        ClientInterceptor authorized = MetadataUtils.newAttachHeadersInterceptor(headers);
        ManagedChannel channel = NettyChannelBuilder.forTarget(server).usePlaintext().build();
        try {
            var configurations =
                    ChannelConfigurationServiceGrpc.newBlockingStub(channel)
                            .withInterceptors(authorized);
            configurations.createChannelConfiguration(configuration(smtpPort, limits));
            configurations.activateChannelConfiguration(
                    ActivateChannelConfigurationRequest.newBuilder()
                            .setName(CONFIGURATION)
                            .build());
            var campaigns =
                    CampaignServiceGrpc.newBlockingStub(channel).withInterceptors(authorized);
            campaigns.createCampaign(campaign(content));
            campaigns.activateCampaign(ActivateCampaignRequest.newBuilder().setName(NAME).build());
        } finally {
            channel.shutdownNow();
        }
    }

    private static CreateChannelConfigurationRequest configuration(
            int smtpPort, DeliveryLimits limits) {
        return CreateChannelConfigurationRequest.newBuilder()
                .setParent("workspaces/default")
                .setChannelConfigurationId("bench")
                .setChannelConfiguration(
                        ChannelConfiguration.newBuilder()
                                .setDisplayName("Sink")
                                .setChannel(Channel.CHANNEL_EMAIL)
                                .setCategory(Category.CATEGORY_TRANSACTIONAL)
                                .setEmail(
                                        EmailSender.newBuilder()
                                                .setFromAddress("shop@example.com")
                                                .setFromName("Tea & Books"))
                                .setSmtp(
                                        SmtpProvider.newBuilder()
                                                .setHost("127.0.0.1")
                                                .setPort(smtpPort)
                                                .setSecurity(
                                                        SmtpProvider.Security.SECURITY_PLAINTEXT))
                                .setLimits(limits)
                                // What failed shows within the benchmark's time.
                                .setRetry(RetrySettings.newBuilder().setMinBackoff(seconds(1))))
                .build();
    }

    private static CreateCampaignRequest campaign(EmailContent content) {
        return CreateCampaignRequest.newBuilder()
                .setParent("workspaces/default")
                .setCampaignId("bench")
                .setCampaign(
                        Campaign.newBuilder()
                                .setDraft(
                                        CampaignDefinition.newBuilder()
                                                .setDisplayName("Benchmark")
                                                .setCategory(Category.CATEGORY_TRANSACTIONAL)
                                                .setChannelConfiguration(CONFIGURATION)
                                                .setContent(
                                                        CampaignContent.newBuilder()
                                                                .setEmail(content))))
                .build();
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
