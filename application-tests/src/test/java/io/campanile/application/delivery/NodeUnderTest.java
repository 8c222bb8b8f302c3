package io.campanile.application.delivery;

import io.campanile.application.broadcast.SharedPayloads;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Providers;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.store.NodeClock;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.Intake;
import io.campanile.application.trigger.TimeOrderedIds;
import io.campanile.application.trigger.TriggerCampaign;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerPorts;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.testkit.log.LogLines;
import io.campanile.testkit.time.Patience;

import org.awaitility.core.ConditionFactory;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// One node of intake and delivery over fakes, with one live campaign. Several nodes can share a
/// store.
public final class NodeUnderTest implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(10);

    /// Looks often, because what is awaited here takes milliseconds.
    public static ConditionFactory await() {
        return Patience.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    final DeliveryWorld world;
    final NodeId node;
    final DeliveryPorts ports;
    public final CampaignSnapshots snapshots;
    public final Delivery delivery;
    final Claimer claimer;
    final NodeLease lease;
    final StrayClaims strays;
    public final SettlementWaiters waiters;
    public final Intake intake;
    private final TriggerCampaign triggers;

    /// What triggers that must wait for the database run on.
    public volatile Executor blocking = Runnable::run;

    /// What calls run on that only ask what would become of a trigger.
    public volatile Executor validating = Runnable::run;

    private boolean ended;

    public NodeUnderTest(DeliveryWorld world) {
        this(world, intake -> intake, 64);
    }

    /// A node with another way into the store, or another capacity.
    public NodeUnderTest(DeliveryWorld world, UnaryOperator<IntakeStore> into, int capacity) {
        this(world, into, capacity, world.providers);
    }

    /// A node with a way of its own to the providers.
    NodeUnderTest(DeliveryWorld world, Providers providers) {
        this(world, intake -> intake, 256, providers);
    }

    private NodeUnderTest(
            DeliveryWorld world,
            UnaryOperator<IntakeStore> into,
            int capacity,
            Providers providers) {
        this.world = world;
        IntakeStore store = into.apply(world.store.intake());
        node = world.store.nodes().register(LEASE);
        snapshots =
                new CampaignSnapshots(
                        world.campaigns, world.configurations, world.workspaces, world.signal);
        snapshots.refresh();
        var revisions =
                new RevisionSource(world.campaigns, world.compiler, snapshots::version, 100_000);
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
                        world.timeLine,
                        providers,
                        strays,
                        eligibility,
                        world.manageProfiles(),
                        new UnsubscribeLinks(world.tokenKey),
                        new NodeClock(world.clock, world::areClocksApart, () -> world.clockJumped),
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
        lease =
                new NodeLease(
                        node, world.store.nodes(), world.store.nodes(), LEASE, this::nanoTime);
        intake = new Intake(node, store, strays, world.clock, capacity, 16 << 20);
        triggers =
                new TriggerCampaign(
                        new TriggerPorts(
                                snapshots,
                                store,
                                world.codec,
                                world.sealer,
                                world.digests,
                                new TimeOrderedIds(world.clock, random),
                                ports.clock(),
                                task -> blocking.execute(task),
                                task -> validating.execute(task)),
                        intake,
                        delivery,
                        revisions,
                        eligibility,
                        waiters);
    }

    private long nanoTime() {
        return Duration.between(DeliveryWorld.NOON, world.clock.instant()).toNanos();
    }

    public NodeUnderTest start() {
        intake.start();
        delivery.start();
        claimer.start();
        return this;
    }

    public NodeUnderTest startIntakeOnly() {
        intake.start();
        return this;
    }

    public CompletableFuture<TriggerResult> triggerLater(TriggerCommand command) {
        var answer = new CompletableFuture<TriggerResult>();
        triggers.trigger(command, answer::complete);
        return answer;
    }

    public TriggerResult trigger(TriggerCommand command) {
        return triggerLater(command).orTimeout(Patience.TIME.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// Triggers for as many recipients, each in a call of its own.
    List<MessageId> triggerEach(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> triggerLater(command("r-" + number, "p" + number)))
                .toList()
                .stream()
                .map(answer -> answer.orTimeout(Patience.TIME.toSeconds(), TimeUnit.SECONDS).join())
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

    public static MessageId onlyMessage(TriggerResult result) {
        if (result instanceof TriggerResult.Answered answered
                && answered.results().getFirst() instanceof RecipientResult.Accepted accepted) {
            return accepted.message();
        }
        throw new AssertionError("not accepted: " + result);
    }

    public TriggerCommand command(String requestId, String person) {
        return command(world.campaign, requestId, person, TriggerCommand.WaitFor.ACCEPTED);
    }

    public static TriggerCommand command(
            Campaign campaign, String requestId, String person, TriggerCommand.WaitFor waitFor) {
        return command(campaign, requestId, recipient(person, Map.of()), waitFor);
    }

    public static TriggerCommand command(
            Campaign campaign,
            String requestId,
            Recipient recipient,
            TriggerCommand.WaitFor waitFor) {
        return new TriggerCommand(
                new TriggerEnvelope(campaign.name(), requestId, Map.of(), null, null),
                List.of(new TriggerCommand.Entry(recipient, List.of(), "")),
                waitFor,
                false,
                CallerPatience.until(null));
    }

    public static Recipient recipient(String person, Map<String, Object> context) {
        return new Recipient(
                new Identity(Identity.EMAIL, person + "@example.com"), "", context, Map.of());
    }

    /// Whether what it has in memory is given back as astray, two seconds later.
    boolean givesStraysBack() {
        try (var lines = LogLines.of(StrayClaims.class.getName())) {
            world.clock.advance(Duration.ofSeconds(2));
            strays.release();
            return lines.all().stream()
                    .anyMatch(line -> line.startsWith("INFO gave back what may have strayed"));
        }
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
            world.store.faults().beAway(false);
            world.store.faults().refuseOutcomesOf(Set.of());
            world.store.faults().lockOutcomesOf(Set.of());
            world.provider().goOn();
            intake.close();
            try {
                claimer.stop();
                delivery.drain(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a test", e);
            }
        }
    }
}
