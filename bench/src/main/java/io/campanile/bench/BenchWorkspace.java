package io.campanile.bench;

import com.google.protobuf.Duration;

import io.campanile.bench.load.BenchContent;
import io.campanile.bench.process.ServerProcess;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.ActivateCampaignRequest;
import io.campanile.v1.ActivateChannelConfigurationRequest;
import io.campanile.v1.ActivateRuleSetRequest;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignContent;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.CancelExecutionRequest;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.CreateCampaignRequest;
import io.campanile.v1.CreateChannelConfigurationRequest;
import io.campanile.v1.CreateRuleSetRequest;
import io.campanile.v1.CreateWorkspaceRequest;
import io.campanile.v1.EmailContent;
import io.campanile.v1.EmailSender;
import io.campanile.v1.GetExecutionRequest;
import io.campanile.v1.MessageCounts;
import io.campanile.v1.RetrySettings;
import io.campanile.v1.RuleSet;
import io.campanile.v1.RuleSetServiceGrpc;
import io.campanile.v1.SmtpProvider;
import io.campanile.v1.TriggerAudienceRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;

import java.util.List;
import java.util.UUID;

/// A workspace with campaigns for audiences, made and triggered through the API.
final class BenchWorkspace implements AutoCloseable {
    private static final String CONFIGURATION = "news";
    private static final String RULE_SET = "bench";
    private static final java.time.Duration PATIENCE = java.time.Duration.ofMinutes(2);

    private final ManagedChannel channel;
    private final String server;
    private final String id;
    private final String key;

    private BenchWorkspace(String server, String id, String key) {
        this.server = server;
        this.id = id;
        this.key = key;
        channel = NettyChannelBuilder.forTarget(server).usePlaintext().build();
    }

    /// The one that each server has.
    static BenchWorkspace on(ServerProcess server) {
        return new BenchWorkspace(server.address(), "default", server.ownerKey());
    }

    /// Creates another one on the same server.
    BenchWorkspace another(String otherId) {
        String secret =
                authorized(AccessServiceGrpc.newBlockingStub(channel))
                        .createWorkspace(
                                CreateWorkspaceRequest.newBuilder().setWorkspaceId(otherId).build())
                        .getSecret();
        return new BenchWorkspace(server, otherId, secret);
    }

    String id() {
        return id;
    }

    private String name(String collection, String resource) {
        return "workspaces/" + id + "/" + collection + "/" + resource;
    }

    private <S extends AbstractStub<S>> S authorized(S stub) {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + key);
        return stub.withDeadlineAfter(PATIENCE)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /// The provider of all its campaigns: the sink.
    void createConfiguration(int smtpPort) {
        var stub = authorized(ChannelConfigurationServiceGrpc.newBlockingStub(channel));
        var _ =
                stub.createChannelConfiguration(
                        CreateChannelConfigurationRequest.newBuilder()
                                .setParent("workspaces/" + id)
                                .setChannelConfigurationId(CONFIGURATION)
                                .setChannelConfiguration(configuration(smtpPort))
                                .build());
        var _ =
                stub.activateChannelConfiguration(
                        ActivateChannelConfigurationRequest.newBuilder()
                                .setName(name("channelConfigurations", CONFIGURATION))
                                .build());
    }

    private static ChannelConfiguration configuration(int smtpPort) {
        return ChannelConfiguration.newBuilder()
                .setDisplayName("Sink")
                .setChannel(Channel.CHANNEL_EMAIL)
                .setCategory(Category.CATEGORY_MARKETING)
                .setEmail(
                        EmailSender.newBuilder()
                                .setFromAddress("news@example.com")
                                .setUnsubscribeUrl("https://shop.example.com/unsubscribe"))
                .setSmtp(
                        SmtpProvider.newBuilder()
                                .setHost("127.0.0.1")
                                .setPort(smtpPort)
                                .setSecurity(SmtpProvider.Security.SECURITY_PLAINTEXT))
                // What failed shows within the benchmark's time.
                .setRetry(
                        RetrySettings.newBuilder()
                                .setMinBackoff(Duration.newBuilder().setSeconds(1)))
                .build();
    }

    /// Puts a rule set in force; returns the id that campaigns name.
    String createRuleSet(RuleSet rules) {
        var stub = authorized(RuleSetServiceGrpc.newBlockingStub(channel));
        var _ =
                stub.createRuleSet(
                        CreateRuleSetRequest.newBuilder()
                                .setParent("workspaces/" + id)
                                .setRuleSetId(RULE_SET)
                                .setRuleSet(rules)
                                .build());
        var _ =
                stub.activateRuleSet(
                        ActivateRuleSetRequest.newBuilder()
                                .setName(name("ruleSets", RULE_SET))
                                .build());
        return RULE_SET;
    }

    /// An audience without members, and a live campaign to it under the same id.
    void createCampaign(String campaign, List<String> ruleSets) {
        var _ =
                authorized(AudienceServiceGrpc.newBlockingStub(channel))
                        .createAudience(
                                CreateAudienceRequest.newBuilder()
                                        .setParent("workspaces/" + id)
                                        .setAudienceId(campaign)
                                        .setAudience(Audience.getDefaultInstance())
                                        .build());
        var stub = authorized(CampaignServiceGrpc.newBlockingStub(channel));
        var _ =
                stub.createCampaign(
                        CreateCampaignRequest.newBuilder()
                                .setParent("workspaces/" + id)
                                .setCampaignId(campaign)
                                .setCampaign(
                                        Campaign.newBuilder()
                                                .setDraft(definition(campaign, ruleSets)))
                                .build());
        var _ =
                stub.activateCampaign(
                        ActivateCampaignRequest.newBuilder()
                                .setName(name("campaigns", campaign))
                                .build());
    }

    private CampaignDefinition definition(String campaign, List<String> ruleSets) {
        var definition =
                CampaignDefinition.newBuilder()
                        .setDisplayName(campaign)
                        .setCategory(Category.CATEGORY_MARKETING)
                        .setTopic("news")
                        .setChannelConfiguration(name("channelConfigurations", CONFIGURATION))
                        .setAudience(name("audiences", campaign))
                        .setContent(
                                CampaignContent.newBuilder()
                                        .setEmail(
                                                EmailContent.newBuilder()
                                                        .setSubject(BenchContent.DELIVER_SUBJECT)
                                                        .setHtml(BenchContent.NEWS_HTML)
                                                        .setText(BenchContent.NEWS_TEXT)));
        ruleSets.forEach(ruleSet -> definition.addRuleSets(name("ruleSets", ruleSet)));
        return definition.build();
    }

    /// Starts a broadcast, of so many messages a second at most; 0 for as fast as it goes.
    ///
    /// @return the name of its execution
    String trigger(String campaign, double perSecond) {
        return authorized(TriggerServiceGrpc.newBlockingStub(channel))
                .triggerAudience(
                        TriggerAudienceRequest.newBuilder()
                                .setCampaign(name("campaigns", campaign))
                                .setRequestId(UUID.randomUUID().toString())
                                .setContextJson(BenchContent.NEWS_CONTEXT)
                                .setMessagesPerSecond(perSecond)
                                .build())
                .getExecution();
    }

    void cancel(String execution) {
        var _ =
                authorized(TriggerServiceGrpc.newBlockingStub(channel))
                        .cancelExecution(
                                CancelExecutionRequest.newBuilder().setName(execution).build());
    }

    MessageCounts counts(String execution) {
        return authorized(TriggerServiceGrpc.newBlockingStub(channel))
                .getExecution(GetExecutionRequest.newBuilder().setName(execution).build())
                .getCounts();
    }

    /// Waits until no message of a broadcast is open, written or not. Throws
    /// [IllegalStateException] when nothing moves for a while.
    MessageCounts awaitEnd(String execution) throws InterruptedException {
        MessageCounts counts = counts(execution);
        long moved = System.nanoTime();
        while (counts.getPlannedCount() == 0 || open(counts) > 0) {
            if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                throw new IllegalStateException("The broadcast stands still at\n" + counts);
            }
            Thread.sleep(200);
            MessageCounts before = counts;
            counts = counts(execution);
            moved = counts.equals(before) ? moved : System.nanoTime();
        }
        return counts;
    }

    private static long open(MessageCounts counts) {
        return counts.getAcceptedCount() + counts.getDeferredCount() + counts.getSendingCount();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
