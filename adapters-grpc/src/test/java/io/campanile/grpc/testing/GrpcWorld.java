package io.campanile.grpc.testing;

import io.campanile.application.access.Authenticate;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.audience.AudienceReview;
import io.campanile.application.audience.ManageAudienceMembers;
import io.campanile.application.audience.ManageAudiences;
import io.campanile.application.broadcast.PauseExecution;
import io.campanile.application.campaign.CampaignChanges;
import io.campanile.application.campaign.ChangeCampaignState;
import io.campanile.application.campaign.ManageCampaigns;
import io.campanile.application.campaign.ReviewCampaign;
import io.campanile.application.channel.ManageChannelConfigurations;
import io.campanile.application.consent.ConfirmConsent;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.eligibility.AudienceForecast;
import io.campanile.application.eligibility.EstimateAudience;
import io.campanile.application.eligibility.ExplainMessage;
import io.campanile.application.eligibility.ExplainRecipient;
import io.campanile.application.eligibility.ReviewReach;
import io.campanile.application.erasure.EraseProfile;
import io.campanile.application.erasure.ExportProfile;
import io.campanile.application.merge.MergeProfiles;
import io.campanile.application.message.CancelExecution;
import io.campanile.application.message.LookUpExecutions;
import io.campanile.application.message.LookUpMessages;
import io.campanile.application.operation.WorkspaceStatus;
import io.campanile.application.profile.ImportProfiles;
import io.campanile.application.receipt.RecordReceipts;
import io.campanile.application.ruleset.ManageRuleSets;
import io.campanile.application.share.LongCalls;
import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.NodeClock;
import io.campanile.application.suppression.ImportAllowedEntries;
import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.application.trigger.AudienceTriggerResult;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.BudgetedServices;
import io.campanile.grpc.GrpcServer;
import io.campanile.grpc.GrpcServices;
import io.campanile.grpc.ListenAddress;
import io.campanile.grpc.audience.AudienceGrpcService;
import io.campanile.grpc.call.RequestBudget;
import io.campanile.grpc.call.RequestSizes;
import io.campanile.grpc.campaign.CampaignGrpcService;
import io.campanile.grpc.message.MessageGrpcService;
import io.campanile.grpc.profile.ProfileGrpcService;
import io.campanile.grpc.suppression.SuppressionGrpcService;
import io.campanile.grpc.trigger.AudienceTriggers;
import io.campanile.grpc.trigger.TriggerGrpcService;
import io.campanile.testkit.audience.InMemoryAudienceRules;
import io.campanile.testkit.content.InMemoryHtmlReader;
import io.campanile.testkit.profile.InMemoryProfileImports;
import io.campanile.testkit.trigger.Triggers;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The server on loopback, over real use cases and the fakes, with keys of every role, a live
/// campaign `receipt`, a draft `unfinished`, and a workspace `other` that has the same.
public final class GrpcWorld implements AutoCloseable {
    public static final WorkspaceId OTHER = new WorkspaceId("other");

    /// The workspace that the keys are for.
    public static final String OWN = "workspaces/default";

    public final GrpcFakes fakes = new GrpcFakes();
    private final UnstoredTriggers unstored = new UnstoredTriggers(fakes);
    public final ScriptedTriggers triggers = new ScriptedTriggers(unstored);

    /// What triggers of audiences are answered.
    public volatile AudienceTriggers audienceTriggers =
            (_, _) -> new AudienceTriggerResult.Refused(new TriggerResult.CampaignUnknown());

    private final Authenticate authenticate =
            new Authenticate(fakes.keys, fakes.signal, GrpcFakes.CLOCK);
    public final GrpcServer server;
    public final ManagedChannel channel;

    public GrpcWorld() {
        this(Duration.ofHours(1));
    }

    public GrpcWorld(Duration maxConnectionAge) {
        this(maxConnectionAge, RequestSizes.ofHeap());
    }

    public GrpcWorld(Duration maxConnectionAge, RequestBudget budget) {
        this(maxConnectionAge, new RequestSizes(budget, Long.MAX_VALUE, Duration.ofDays(1)));
    }

    public GrpcWorld(Duration maxConnectionAge, RequestSizes sizes) {
        authenticate.refresh();
        var _ = fakes.snapshots.follow();
        GrpcServices.UseCases useCases = useCases();
        TestCampaigns.populate(useCases);
        try {
            server =
                    new GrpcServer(
                            new ListenAddress("127.0.0.1", 0, null, maxConnectionAge),
                            BudgetedServices.of(
                                    useCases, sizes, NodeClock.believed(GrpcFakes.CLOCK)),
                            () -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                        .usePlaintext()
                        .intercept(new ErrorContractInterceptor())
                        .build();
    }

    private GrpcServices.UseCases useCases() {
        var campaignChanges =
                new CampaignChanges(
                        fakes.campaigns,
                        fakes.campaigns,
                        fakes.changes,
                        fakes.snapshots,
                        NodeClock.believed(GrpcFakes.CLOCK));
        var audienceReview =
                new AudienceReview(fakes.audiences, new InMemoryAudienceRules(), fakes.workspaces);
        var review =
                new ReviewCampaign(
                        fakes.campaigns,
                        fakes.configurations,
                        fakes.ruleSets,
                        audienceReview,
                        fakes.workspaces,
                        new InMemoryHtmlReader(),
                        GrpcFakes.CLOCK);
        var forecast = new AudienceForecast(fakes.audiences, fakes.eligibility, GrpcFakes.CLOCK);
        return new GrpcServices.UseCases(
                authenticate,
                new TriggerGrpcService.UseCases(
                        triggers,
                        new LookUpExecutions(
                                fakes.store.executions(), fakes.reads, GrpcFakes.CLOCK),
                        new CancelExecution(fakes.store.executions(), fakes.changes),
                        (command, by) -> audienceTriggers.trigger(command, by),
                        new PauseExecution(
                                fakes.store.broadcastPauses(),
                                fakes.store.executions(),
                                fakes.changes)),
                new MessageGrpcService.UseCases(
                        new LookUpMessages(fakes.store.messages(), fakes.reads),
                        new ExplainRecipient(fakes.snapshots, fakes.eligibility, GrpcFakes.CLOCK),
                        new ExplainMessage(fakes.store.messages()),
                        new RecordReceipts(
                                fakes.store.receipts(),
                                fakes.suppressBounced,
                                fakes.transactions,
                                GrpcFakes.CLOCK)),
                new CampaignGrpcService.UseCases(
                        new ManageCampaigns(fakes.campaigns, campaignChanges),
                        new ChangeCampaignState(fakes.campaigns, campaignChanges, review),
                        review,
                        new ReviewReach(review, forecast, fakes.reads)),
                new ManageChannelConfigurations(
                        fakes.configurations, fakes.campaigns, fakes.changes),
                profileUseCases(),
                new SuppressionGrpcService.UseCases(
                        new ManageSuppressions(
                                fakes.suppressions, fakes.bounces, fakes.pseudonyms, fakes.changes),
                        new ImportSuppressions(fakes.suppressions, fakes.changes),
                        new ManageAllowedEntries(fakes.allowedEntries, fakes.changes),
                        new ImportAllowedEntries(fakes.allowedEntries, fakes.changes)),
                new AudienceGrpcService.UseCases(
                        new ManageAudiences(
                                fakes.audiences, fakes.campaigns, audienceReview, fakes.changes),
                        new ManageAudienceMembers(fakes.audiences, fakes.reads, fakes.changes),
                        new EstimateAudience(
                                fakes.audiences, fakes.snapshots, forecast, fakes.reads)),
                new ManageRuleSets(fakes.ruleSets, fakes.campaigns, fakes.changes),
                new ManageAccess(
                        fakes.workspaces, fakes.keys, fakes.audit, fakes.changes, new Random(1)),
                _ ->
                        new WorkspaceStatus(
                                Instant.EPOCH,
                                List.of(),
                                Map.of(),
                                Duration.ofMinutes(5),
                                Map.of(),
                                Map.of(),
                                Set.of()),
                "0.1.0",
                fakes.sealer);
    }

    private ProfileGrpcService.UseCases profileUseCases() {
        var manageConsents =
                new ManageConsents(
                        fakes.consents, fakes.manageProfiles, fakes.formerDenials, fakes.changes);
        var longChanges = LongCalls.ofWriters();
        return new ProfileGrpcService.UseCases(
                fakes.manageProfiles,
                new ImportProfiles(
                        new InMemoryProfileImports(), fakes.manageProfiles, fakes.changes),
                new MergeProfiles(
                        new MergeProfiles.Stores(
                                fakes.profiles,
                                fakes.addressAttributes,
                                fakes.consents,
                                fakes.audiences,
                                fakes.store.broadcastMembers(),
                                fakes.store.reservations()),
                        fakes.changes,
                        longChanges),
                new EraseProfile(
                        new EraseProfile.Stores(
                                fakes.profiles,
                                fakes.addressAttributes,
                                fakes.consents,
                                fakes.suppressions,
                                fakes.bounces,
                                fakes.allowedEntries,
                                fakes.audiences,
                                fakes.store.broadcastMembers(),
                                fakes.store.reservations(),
                                fakes.store.erasures()),
                        fakes.pseudonyms,
                        fakes.changes,
                        longChanges,
                        GrpcFakes.CLOCK),
                new ExportProfile(
                        new ExportProfile.Stores(
                                fakes.profiles,
                                fakes.addressAttributes,
                                fakes.audiences,
                                fakes.suppressions,
                                fakes.allowedEntries,
                                fakes.store.messages()),
                        manageConsents,
                        fakes.pseudonyms,
                        fakes.changes),
                manageConsents,
                new ConfirmConsent(
                        fakes.consents, fakes.formerDenials, fakes.changes, fakes.tokenKey),
                new UnsubscribeLinks(fakes.tokenKey));
    }

    /// An execution of `receipt`, stored as the intake does.
    public NewExecution stored(UnaryOperator<Triggers> trigger) {
        Campaign campaign =
                fakes.campaigns
                        .find(new CampaignName(WorkspaceId.DEFAULT, "receipt"))
                        .orElseThrow();
        fakes.store.addCampaign(campaign.id(), campaign.name());
        Instant now = GrpcFakes.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        NewExecution execution = trigger.apply(Triggers.trigger(campaign.id(), now)).build();
        fakes.store
                .intake()
                .store(fakes.store.nodes().register(Duration.ofHours(1)), List.of(execution));
        return execution;
    }

    /// Makes the server look up keys again.
    public void forgetKeys() {
        fakes.signal.publish(ChangeTopic.ACCESS);
        authenticate.refresh();
    }

    /// Revokes the key of a role.
    public void revoke(Role role) {
        KeyHash hash = KeyHash.of(TestKeys.secret(WorkspaceId.DEFAULT, role));
        fakes.keys.update(fakes.keys.find(hash).orElseThrow().revoked(GrpcFakes.CLOCK.instant()));
        forgetKeys();
    }

    /// A client with the key of a role.
    public <S extends AbstractStub<S>> S stub(Function<Channel, S> service, Role role) {
        return service.apply(channel).withCallCredentials(as(role));
    }

    public static CallCredentials as(Role role) {
        return TestKeys.authorization("Bearer " + TestKeys.secret(WorkspaceId.DEFAULT, role));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.stop(Duration.ofSeconds(20));
        unstored.close();
    }
}
