package io.campanile.application.delivery;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import io.campanile.application.access.Changes;
import io.campanile.application.broadcast.SharedPayloads;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Providers;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.application.trigger.Intake;
import io.campanile.application.trigger.TimeOrderedIds;
import io.campanile.application.trigger.TriggerCampaign;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerPorts;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ConfigurationDecision;
import io.campanile.domain.channel.ConfigurationLifecycle;
import io.campanile.domain.channel.ConfigurationLifecycle.Action;
import io.campanile.domain.channel.ConfigurationLifecycle.Use;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.channel.ChannelConfigurationBuilder;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.channel.InMemorySecretSealer;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.content.InMemoryContentCompiler;
import io.campanile.testkit.content.InMemoryPayloadCodec;
import io.campanile.testkit.delivery.InMemoryPace;
import io.campanile.testkit.delivery.InMemoryProvider;
import io.campanile.testkit.delivery.InMemoryProviders;
import io.campanile.testkit.eligibility.InMemoryFactSource;
import io.campanile.testkit.eligibility.InMemoryRuleSource;
import io.campanile.testkit.erasure.InMemoryPseudonymKeys;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.ruleset.InMemoryRuleSets;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemoryBounceCounts;
import io.campanile.testkit.suppression.InMemorySuppressions;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// One node of intake and delivery over fakes, with one live campaign. Several nodes can share a
/// store.
public final class NodeUnderTest implements AutoCloseable {
    /// Admitted, but the content cannot be rendered with it.
    public static final Map<String, Object> UNRENDERABLE = Map.of("answer_to", "nobody");

    private static final EmailContent CONTENT =
            new EmailContent(
                    "Your order",
                    "",
                    "",
                    "Thank you!",
                    "{{#context.answer_to}}{{context.answer_to}}{{/context.answer_to}}");

    static final Duration LEASE = Duration.ofSeconds(10);
    static final int SLOTS = 8;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /// What nodes share: the database and the providers' side.
    public static final class World {
        public final SettableTime clock = new SettableTime(NOON);
        public final InMemoryStore store = new InMemoryStore(clock);
        final InMemoryCampaigns campaigns = new InMemoryCampaigns();
        final InMemoryChannelConfigurations configurations = new InMemoryChannelConfigurations();
        final InMemoryProviders providers = new InMemoryProviders();
        final InMemoryChangeSignal signal = new InMemoryChangeSignal();
        final InMemoryPayloadCodec codec = new InMemoryPayloadCodec();
        private volatile InMemorySecretSealer sealer = new InMemorySecretSealer();
        final InMemoryPace pace = new InMemoryPace(clock);
        final InMemorySuppressions suppressions = new InMemorySuppressions();
        final InMemoryBounceCounts bounces = new InMemoryBounceCounts();
        final InMemoryAllowedEntries allowedEntries = new InMemoryAllowedEntries();
        final InMemoryWorkspaces workspaces = new InMemoryWorkspaces();
        final InMemoryProfiles profiles = new InMemoryProfiles();
        final InMemoryConsents consents = new InMemoryConsents();
        final InMemoryRuleSets ruleSets = new InMemoryRuleSets();
        final InMemoryTransactions transactions = new InMemoryTransactions();
        final InMemoryFactSource facts =
                new InMemoryFactSource(
                        workspaces,
                        profiles,
                        consents,
                        suppressions,
                        allowedEntries,
                        InMemoryPseudonymKeys.pseudonyms());
        final InMemoryRuleSource rules =
                new InMemoryRuleSource(ruleSets, workspaces, profiles, store.reservations());
        private volatile ChannelConfiguration configuration;
        private final List<ChannelConfiguration> more = new CopyOnWriteArrayList<>();
        public final Campaign.Live campaign;

        /// Of one node: several have as much together.
        volatile RenderedMails rendered = RenderedMails.ofHeap();

        volatile boolean clocksApart;
        volatile boolean clockJumped;

        /// How often nodes have asked whether they are.
        final AtomicInteger looks = new AtomicInteger();

        public World(Category category) {
            this(category, configuration -> configuration);
        }

        /// @param addressField which attribute the channel configuration takes addresses from
        World(Category category, String addressField) {
            this(category, configuration -> configuration.writingTo(addressField));
        }

        /// @param configured what is special about the channel configuration
        World(Category category, UnaryOperator<ChannelConfigurationBuilder> configured) {
            // What these tests are about is not consent.
            workspaces.insert(new Workspace(WorkspaceId.DEFAULT, "Default", NOON, true, false));
            configuration =
                    configured
                            .apply(
                                    aChannelConfiguration()
                                            .serving(category)
                                            .limitedTo(
                                                    new DeliveryLimits(
                                                            2,
                                                            SLOTS,
                                                            0,
                                                            Duration.ofSeconds(5),
                                                            Duration.ofSeconds(5),
                                                            50,
                                                            Duration.ofSeconds(1))))
                            .build();
            configurations.insert(configuration);
            store.configuration(configuration.id(), configuration.state());
            campaign = add(aCampaign().category(category).saying(CONTENT));
        }

        Changes changes() {
            return new Changes(
                    transactions,
                    new InMemoryRequestLog(),
                    new InMemoryAuditEntries(),
                    signal,
                    clock,
                    UUID::randomUUID);
        }

        ManageProfiles manageProfiles() {
            return new ManageProfiles(profiles, workspaces, store.reservations(), changes());
        }

        Campaign.Live add(CampaignBuilder builder) {
            Campaign.Live live = builder.live();
            campaigns.insert(builder.draft());
            campaigns.addRevision(live.id(), live.live());
            campaigns.update(live, live.version());
            store.addCampaign(live.id(), live.name());
            return live;
        }

        /// One that cannot be used beside the one of the campaign.
        void addUnusableConfiguration() {
            providers.refuse(add(aChannelConfiguration().named("unusable")).id());
        }

        /// One more that sends, for nodes that are made afterwards.
        ChannelConfiguration add(ChannelConfigurationBuilder builder) {
            ChannelConfiguration another = builder.build();
            configurations.insert(another);
            store.configuration(another.id(), another.state());
            more.add(another);
            return another;
        }

        List<ChannelConfiguration> allConfigurations() {
            var all = new ArrayList<ChannelConfiguration>();
            all.add(configuration);
            all.addAll(more);
            return all;
        }

        private boolean areClocksApart() {
            looks.incrementAndGet();
            return clocksApart;
        }

        /// Nodes that are made from now on have these keys only.
        void keys(String current, String... former) {
            sealer = sealer.withKeys(current, former);
        }

        /// Another version of the channel configuration; nodes follow at their next refresh.
        void updateConfiguration() {
            if (ConfigurationLifecycle.decide(
                            configuration, Action.UPDATE, Use.NONE, clock.instant())
                    instanceof ConfigurationDecision.Changed(var changed)) {
                configuration = changed;
            }
        }

        public InMemoryProvider provider() {
            return providers.of(configuration);
        }
    }

    /// Looks often, because what is awaited here takes milliseconds.
    static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    final World world;
    final NodeId node;
    final DeliveryPorts ports;
    final CampaignSnapshots snapshots;
    final Delivery delivery;
    final Claimer claimer;
    final NodeLease lease;
    final StrayClaims strays;
    final SettlementWaiters waiters;
    final Intake intake;
    private final TriggerCampaign triggers;

    /// What triggers that must wait for the database run on.
    volatile Executor blocking = Runnable::run;

    private boolean ended;

    public NodeUnderTest(World world) {
        this(world, intake -> intake, 64);
    }

    /// A node with another way into the store, or another capacity.
    public NodeUnderTest(World world, UnaryOperator<IntakeStore> into, int capacity) {
        this(world, into, capacity, world.providers);
    }

    /// A node with a way of its own to the providers.
    NodeUnderTest(World world, Providers providers) {
        this(world, intake -> intake, 64, providers);
    }

    private NodeUnderTest(
            World world, UnaryOperator<IntakeStore> into, int capacity, Providers providers) {
        this.world = world;
        IntakeStore store = into.apply(world.store.intake());
        node = world.store.nodes().register(LEASE);
        snapshots =
                new CampaignSnapshots(
                        world.campaigns, world.configurations, world.workspaces, world.signal);
        snapshots.refresh();
        var compiler = new InMemoryContentCompiler();
        var revisions = new RevisionSource(world.campaigns, compiler, 10);
        var random = new SecureRandom();
        var eligibility = new DecideRecipients(world.facts, world.rules);
        strays = new StrayClaims(node, world.store.queue(), world.clock);
        ports =
                new DeliveryPorts(
                        node,
                        world.store.queue(),
                        world.store.reservations(),
                        new SuppressBounced(
                                world.bounces,
                                world.suppressions,
                                new BounceRule(5),
                                UUID::randomUUID),
                        world.transactions,
                        world.pace,
                        providers,
                        strays,
                        eligibility,
                        world.manageProfiles(),
                        new UnsubscribeLinks(world.sealer),
                        world.clock,
                        world::areClocksApart,
                        () -> world.clockJumped,
                        random);
        waiters = new SettlementWaiters(4, world.store.settledStates(), world.clock);
        delivery =
                new Delivery(
                        ports,
                        world::allConfigurations,
                        revisions,
                        waiters,
                        new OutcomeCounts(world.clock),
                        world.rendered);
        claimer =
                new Claimer(
                        ports,
                        delivery,
                        new PayloadOpener(world.codec, world.sealer),
                        new SharedPayloads(world.store.broadcasts(), world.codec));
        lease = new NodeLease(node, world.store.nodes(), LEASE, this::nanoTime);
        intake = new Intake(node, store, strays, world.clock, capacity, 16 << 20, 2);
        triggers =
                new TriggerCampaign(
                        new TriggerPorts(
                                snapshots,
                                store,
                                world.codec,
                                world.sealer,
                                new TimeOrderedIds(world.clock, random),
                                world.clock,
                                task -> blocking.execute(task)),
                        intake,
                        delivery,
                        revisions,
                        eligibility,
                        waiters);
    }

    private long nanoTime() {
        return Duration.between(NOON, world.clock.instant()).toNanos();
    }

    public NodeUnderTest start() {
        intake.start();
        delivery.start();
        claimer.start();
        return this;
    }

    NodeUnderTest startIntakeOnly() {
        intake.start();
        return this;
    }

    CompletableFuture<TriggerResult> triggerLater(TriggerCommand command) {
        var answer = new CompletableFuture<TriggerResult>();
        triggers.trigger(command, answer::complete);
        return answer;
    }

    public TriggerResult trigger(TriggerCommand command) {
        return triggerLater(command).orTimeout(20, TimeUnit.SECONDS).join();
    }

    /// Triggers for as many recipients, each in a call of its own.
    List<MessageId> triggerEach(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> triggerLater(command("r-" + number, "p" + number)))
                .toList()
                .stream()
                .map(answer -> answer.orTimeout(20, TimeUnit.SECONDS).join())
                .map(NodeUnderTest::onlyMessage)
                .toList();
    }

    /// How many of them it has under their first claim.
    int holds(List<MessageId> messages) {
        return world.store
                .queue()
                .held(
                        node,
                        messages.stream()
                                .map(message -> new Claim(message, ClaimEpoch.FIRST))
                                .toList())
                .size();
    }

    static MessageId onlyMessage(TriggerResult result) {
        if (result instanceof TriggerResult.Answered answered
                && answered.results().getFirst() instanceof RecipientResult.Accepted accepted) {
            return accepted.message();
        }
        throw new AssertionError("not accepted: " + result);
    }

    public TriggerCommand command(String requestId, String person) {
        return command(world.campaign, requestId, person, TriggerCommand.WaitFor.ACCEPTED);
    }

    static TriggerCommand command(
            Campaign campaign, String requestId, String person, TriggerCommand.WaitFor waitFor) {
        return command(campaign, requestId, recipient(person, Map.of()), waitFor);
    }

    static TriggerCommand command(
            Campaign campaign,
            String requestId,
            Recipient recipient,
            TriggerCommand.WaitFor waitFor) {
        return new TriggerCommand(
                campaign.name(),
                requestId,
                List.of(new TriggerCommand.Entry(recipient, List.of(), "")),
                Map.of(),
                null,
                null,
                waitFor,
                false,
                null);
    }

    public static Recipient recipient(String person, Map<String, Object> context) {
        return new Recipient(
                new Identity(Identity.EMAIL, person + "@example.com"), "", context, Map.of(), "");
    }

    /// Ends the node as a SIGKILL would: nothing more is claimed or handed over, nothing is given
    /// back.
    void freeze() throws InterruptedException {
        claimer.stop();
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            world.store.beAway(false);
            world.store.refuseOutcomesOf(Set.of());
            world.store.lockOutcomesOf(Set.of());
            world.provider().goOn();
            intake.close();
            try {
                claimer.stop();
                delivery.drain(world.clock.instant().plusSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a test", e);
            }
        }
    }
}
