package io.campanile.grpc;

import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import io.campanile.application.access.Authenticate;
import io.campanile.application.access.Changes;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.audience.AudienceReview;
import io.campanile.application.audience.ManageAudiences;
import io.campanile.application.broadcast.PauseExecution;
import io.campanile.application.campaign.CampaignChanges;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.campaign.ChangeCampaignState;
import io.campanile.application.campaign.ManageCampaigns;
import io.campanile.application.campaign.ReviewCampaign;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.channel.ManageChannelConfigurations;
import io.campanile.application.consent.ConfirmConsent;
import io.campanile.application.consent.FormerDenials;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.TokenKey;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.delivery.Delivery;
import io.campanile.application.delivery.DeliveryPorts;
import io.campanile.application.delivery.OutcomeCounts;
import io.campanile.application.delivery.SettlementWaiters;
import io.campanile.application.delivery.StrayClaims;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.eligibility.AudienceForecast;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.eligibility.EstimateAudience;
import io.campanile.application.eligibility.ExplainMessage;
import io.campanile.application.eligibility.ExplainRecipient;
import io.campanile.application.eligibility.ReviewReach;
import io.campanile.application.erasure.AddressAttributes;
import io.campanile.application.erasure.EraseProfile;
import io.campanile.application.erasure.ExportProfile;
import io.campanile.application.merge.MergeProfiles;
import io.campanile.application.message.CancelExecution;
import io.campanile.application.message.LookUpExecutions;
import io.campanile.application.message.LookUpMessages;
import io.campanile.application.operation.WorkspaceStatus;
import io.campanile.application.profile.ImportProfiles;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.receipt.RecordReceipts;
import io.campanile.application.ruleset.ManageRuleSets;
import io.campanile.application.share.LongCalls;
import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.NodeClock;
import io.campanile.application.suppression.ImportAllowedEntries;
import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.application.trigger.AudienceTriggerResult;
import io.campanile.application.trigger.Intake;
import io.campanile.application.trigger.TimeOrderedIds;
import io.campanile.application.trigger.TriggerCampaign;
import io.campanile.application.trigger.TriggerPorts;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.audience.AudienceGrpcService;
import io.campanile.grpc.call.RequestBudget;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.campaign.CampaignGrpcService;
import io.campanile.grpc.message.MessageGrpcService;
import io.campanile.grpc.profile.ProfileGrpcService;
import io.campanile.grpc.suppression.SuppressionGrpcService;
import io.campanile.grpc.trigger.AudienceTriggers;
import io.campanile.grpc.trigger.TriggerGrpcService;
import io.campanile.testkit.access.InMemoryApiKeys;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudienceRules;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.content.InMemoryContentCompiler;
import io.campanile.testkit.content.InMemoryHtmlReader;
import io.campanile.testkit.content.InMemoryPayloadCodec;
import io.campanile.testkit.delivery.InMemoryPace;
import io.campanile.testkit.delivery.InMemoryProviders;
import io.campanile.testkit.eligibility.InMemoryFactSource;
import io.campanile.testkit.eligibility.InMemoryRuleSource;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfileImports;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.ruleset.InMemoryRuleSets;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.secret.InMemorySecretSealer;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemoryBounceCounts;
import io.campanile.testkit.suppression.InMemorySuppressions;
import io.campanile.testkit.trigger.Triggers;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// The server on loopback, over real use cases and the fakes, with keys of every role, a live
/// campaign `receipt`, a draft `unfinished`, and a workspace `other` that has the same.
final class GrpcWorld implements AutoCloseable {
    static final WorkspaceId OTHER = new WorkspaceId("other");
    private static final InstantSource CLOCK = InstantSource.system();

    /// Every world's, as it takes long to make.
    private static final RequestSyntax SYNTAX = GrpcServices.syntax();

    final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    final InMemoryApiKeys keys = new InMemoryApiKeys();
    final InMemoryStore store = new InMemoryStore(CLOCK);
    private final InMemoryWorkspaces workspaces = new InMemoryWorkspaces();
    final ScriptedTriggers triggers;

    /// What triggers of audiences are answered.
    volatile AudienceTriggers audienceTriggers =
            (command, _, _) ->
                    new AudienceTriggerResult.Refused(new TriggerResult.CampaignUnknown());

    final GrpcServer server;
    final ManagedChannel channel;
    private final InMemoryChannelConfigurations configurations =
            new InMemoryChannelConfigurations();
    private final InMemoryChangeSignal signal = new InMemoryChangeSignal();
    final InMemoryAuditEntries audit = new InMemoryAuditEntries();
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final Changes changes =
            new Changes(
                    transactions, new InMemoryRequestLog(), audit, signal, CLOCK, UUID::randomUUID);
    private final InMemorySecretSealer sealer = new InMemorySecretSealer();
    final TokenKey tokenKey = InMemoryKeptKeys.tokenKey();
    private final Pseudonyms pseudonyms = InMemoryKeptKeys.pseudonyms();
    private final InMemoryProfiles profiles = new InMemoryProfiles();
    private final InMemoryConsents consents = new InMemoryConsents();
    final InMemoryRuleSets ruleSets = new InMemoryRuleSets();
    final InMemorySuppressions suppressions = new InMemorySuppressions();
    final InMemoryAllowedEntries allowedEntries = new InMemoryAllowedEntries();
    private final InMemoryBounceCounts bounces = new InMemoryBounceCounts();
    private final InMemoryAudiences audiences = new InMemoryAudiences(profiles, consents);
    private final Authenticate authenticate = new Authenticate(keys, signal, CLOCK);
    private final CampaignSnapshots snapshots =
            new CampaignSnapshots(campaigns, configurations, workspaces, signal);
    private final DecideRecipients eligibility =
            new DecideRecipients(
                    new InMemoryFactSource(
                            workspaces,
                            profiles,
                            consents,
                            suppressions,
                            allowedEntries,
                            pseudonyms),
                    new InMemoryRuleSource(ruleSets, workspaces, profiles, store.reservations()));
    private final FormerDenials formerDenials =
            new FormerDenials(consents, profiles, pseudonyms, changes);
    private final LongCalls reads = LongCalls.ofReaders();
    private final ManageProfiles manageProfiles =
            new ManageProfiles(
                    profiles, workspaces, store.reservations(), formerDenials, reads, changes);
    private final NodeId node = store.nodes().register(Duration.ofHours(1));
    private final StrayClaims strays = new StrayClaims(node, store.queue(), CLOCK);
    private final Intake intake =
            new Intake(node, new StoringNothing(), strays, CLOCK, 10_000, 64 << 20, 1);

    GrpcWorld() {
        this(Duration.ofHours(1));
    }

    GrpcWorld(Duration maxConnectionAge) {
        this(maxConnectionAge, RequestBudget.ofHeap());
    }

    GrpcWorld(Duration maxConnectionAge, RequestBudget budget) {
        for (WorkspaceId workspace : List.of(WorkspaceId.DEFAULT, OTHER)) {
            workspaces.insert(Workspace.created(workspace, workspace.value(), Instant.EPOCH));
            configurations.insert(aChannelConfiguration().in(workspace).build());
        }
        TestKeys.all().forEach(keys::insert);
        authenticate.refresh();
        triggers = new ScriptedTriggers(unstoredTriggers()::trigger);
        intake.start();
        var _ = snapshots.follow();
        GrpcServices.UseCases useCases = useCases();
        TestCampaigns.populate(useCases);
        try {
            server =
                    new GrpcServer(
                            new ListenAddress("127.0.0.1", 0, null, maxConnectionAge),
                            new GrpcServices(useCases, SYNTAX, budget, CLOCK),
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
        var campaignChanges = new CampaignChanges(campaigns, campaigns, changes, snapshots);
        var audienceReview = new AudienceReview(audiences, new InMemoryAudienceRules(), workspaces);
        var review =
                new ReviewCampaign(
                        campaigns,
                        configurations,
                        ruleSets,
                        audienceReview,
                        workspaces,
                        new InMemoryHtmlReader(),
                        CLOCK);
        var forecast = new AudienceForecast(audiences, eligibility, CLOCK);
        return new GrpcServices.UseCases(
                authenticate,
                new TriggerGrpcService.UseCases(
                        triggers,
                        new LookUpExecutions(store.executions(), reads, CLOCK),
                        new CancelExecution(store.executions(), changes),
                        (command, options, by) -> audienceTriggers.trigger(command, options, by),
                        new PauseExecution(store.broadcasts(), store.executions(), changes)),
                new MessageGrpcService.UseCases(
                        new LookUpMessages(store.messages(), reads),
                        new ExplainRecipient(snapshots, eligibility, CLOCK),
                        new ExplainMessage(store.messages()),
                        new RecordReceipts(
                                store.receipts(),
                                new SuppressBounced(
                                        bounces, suppressions, new BounceRule(5), UUID::randomUUID),
                                transactions,
                                CLOCK)),
                new CampaignGrpcService.UseCases(
                        new ManageCampaigns(campaigns, campaignChanges),
                        new ChangeCampaignState(campaigns, campaignChanges, review),
                        review,
                        new ReviewReach(review, forecast, reads)),
                new ManageChannelConfigurations(configurations, campaigns, changes),
                profileUseCases(),
                new SuppressionGrpcService.UseCases(
                        new ManageSuppressions(suppressions, bounces, changes),
                        new ImportSuppressions(suppressions, changes),
                        new ManageAllowedEntries(allowedEntries, changes),
                        new ImportAllowedEntries(allowedEntries, changes)),
                new AudienceGrpcService.UseCases(
                        new ManageAudiences(audiences, campaigns, audienceReview, changes),
                        new EstimateAudience(audiences, snapshots, forecast, reads)),
                new ManageRuleSets(ruleSets, campaigns, changes),
                new ManageAccess(workspaces, keys, audit, changes, new Random(1)),
                _ ->
                        new WorkspaceStatus(
                                Instant.EPOCH,
                                List.of(),
                                Map.of(),
                                Duration.ofMinutes(5),
                                Map.of(),
                                Map.of()),
                "0.1.0",
                sealer,
                UUID::randomUUID);
    }

    private ProfileGrpcService.UseCases profileUseCases() {
        var manageConsents = new ManageConsents(consents, manageProfiles, formerDenials, changes);
        var longChanges = LongCalls.ofWriters();
        return new ProfileGrpcService.UseCases(
                manageProfiles,
                new ImportProfiles(new InMemoryProfileImports(), manageProfiles, changes),
                new MergeProfiles(
                        new MergeProfiles.Stores(
                                profiles,
                                consents,
                                audiences,
                                store.broadcasts(),
                                store.reservations()),
                        changes,
                        longChanges),
                new EraseProfile(
                        new EraseProfile.Stores(
                                profiles,
                                new AddressAttributes(workspaces, configurations),
                                consents,
                                suppressions,
                                bounces,
                                allowedEntries,
                                audiences,
                                store.broadcasts(),
                                store.reservations(),
                                store.erasures()),
                        pseudonyms,
                        changes,
                        longChanges,
                        CLOCK),
                new ExportProfile(
                        new ExportProfile.Stores(
                                profiles,
                                new AddressAttributes(workspaces, configurations),
                                audiences,
                                suppressions,
                                allowedEntries,
                                store.messages()),
                        manageConsents,
                        changes),
                manageConsents,
                new ConfirmConsent(consents, formerDenials, changes, tokenKey),
                new UnsubscribeLinks(tokenKey));
    }

    /// Triggers as they are taken, but for that they are stored nowhere, and nothing is delivered.
    private TriggerCampaign unstoredTriggers() {
        var revisions =
                new RevisionSource(
                        campaigns, new InMemoryContentCompiler(), snapshots::version, 100_000);
        var waiters = new SettlementWaiters(1, store.settledStates(), CLOCK);
        var random = new Random(1);
        var ports =
                new DeliveryPorts(
                        node,
                        store.queue(),
                        store.reservations(),
                        new SuppressBounced(
                                bounces, suppressions, new BounceRule(5), UUID::randomUUID),
                        transactions,
                        new InMemoryPace(CLOCK),
                        new InMemoryProviders(),
                        strays,
                        eligibility,
                        manageProfiles,
                        new UnsubscribeLinks(tokenKey),
                        NodeClock.believed(CLOCK),
                        random);
        return new TriggerCampaign(
                new TriggerPorts(
                        snapshots,
                        new StoringNothing(),
                        new InMemoryPayloadCodec(),
                        sealer,
                        new TimeOrderedIds(CLOCK, random),
                        CLOCK,
                        Runnable::run),
                intake,
                new Delivery(
                        ports,
                        snapshots::configurations,
                        revisions,
                        waiters,
                        new OutcomeCounts(CLOCK)),
                revisions,
                eligibility,
                waiters);
    }

    /// An execution of `receipt`, stored as the intake does.
    NewExecution stored(UnaryOperator<Triggers> trigger) {
        Campaign campaign =
                campaigns.find(new CampaignName(WorkspaceId.DEFAULT, "receipt")).orElseThrow();
        store.addCampaign(campaign.id(), campaign.name());
        Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        NewExecution execution = trigger.apply(Triggers.trigger(campaign.id(), now)).build();
        store.intake().store(store.nodes().register(Duration.ofHours(1)), List.of(execution));
        return execution;
    }

    /// Makes the server look up keys again.
    void forgetKeys() {
        signal.publish(ChangeTopic.ACCESS);
        authenticate.refresh();
    }

    /// Revokes the key of a role.
    void revoke(Role role) {
        KeyHash hash = KeyHash.of(TestKeys.secret(WorkspaceId.DEFAULT, role));
        keys.update(keys.find(hash).orElseThrow().revoked(CLOCK.instant()));
        forgetKeys();
    }

    static CallCredentials as(Role role) {
        return TestKeys.authorization("Bearer " + TestKeys.secret(WorkspaceId.DEFAULT, role));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.stop(Duration.ofSeconds(20));
        intake.close();
    }
}
