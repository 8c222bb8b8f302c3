package io.campanile.application.delivery;

import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.clock.ClockSkew;
import io.campanile.domain.message.Lane;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Everything this node delivers: one loop for each active channel configuration, fed by fresh
/// messages from this node's intake and by claims. On a node that only serves the API it is never
/// started, and then takes no fresh messages. Thread-safe.
public final class Delivery {
    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

    /// Places: four megabytes of payloads, and one message of each campaign.
    private static final int CAPACITY_PER_LANE = 2_048;

    private final DeliveryPorts ports;
    private final Supplier<Collection<ChannelConfiguration>> configurations;
    private final RevisionSource revisions;
    private final OutcomeListener outcomes;
    private final RenderedMails rendered;
    private final OutageLog outages = new OutageLog(Delivery.class);
    private final Map<ChannelConfigurationId, FairQueue> queues = new ConcurrentHashMap<>();
    private final Map<ChannelConfigurationId, OutcomeRecorder> recorders =
            new ConcurrentHashMap<>();
    private final Map<ChannelConfigurationId, ProviderLoop> loops = new ConcurrentHashMap<>();

    /// Loops that take nothing more, but still have something in hand-over.
    private final Set<ProviderLoop> ending = ConcurrentHashMap.newKeySet();

    /// Versions of configurations for which no loop could be made.
    private final Map<ChannelConfigurationId, Long> unusable = new HashMap<>();

    private volatile boolean running;

    /// Delivers nothing before [#start].
    ///
    /// @param configurations all there are; asked often, so from memory
    public Delivery(
            DeliveryPorts ports,
            Supplier<Collection<ChannelConfiguration>> configurations,
            RevisionSource revisions,
            SettlementWaiters waiters,
            OutcomeCounts counts) {
        this(ports, configurations, revisions, waiters, counts, RenderedMails.ofHeap());
    }

    /// @param rendered of the whole node
    Delivery(
            DeliveryPorts ports,
            Supplier<Collection<ChannelConfiguration>> configurations,
            RevisionSource revisions,
            SettlementWaiters waiters,
            OutcomeCounts counts,
            RenderedMails rendered) {
        this.rendered = rendered;
        this.ports = ports;
        this.configurations = configurations;
        this.revisions = revisions;
        this.outcomes =
                (recording, valid) -> {
                    waiters.recorded(recording, valid);
                    counts.recorded(recording, valid);
                };
    }

    /// How long a claim must last when an attempt begins, for nobody else to take the message for
    /// theirs before it ends. The end of a claim is a time by the clock of the node that has it,
    /// and other nodes compare it with theirs.
    static Duration claimNeeded(ChannelConfiguration configuration) {
        return configuration.limits().longestAttempt().plus(ClockSkew.MOST_BETWEEN_NODES);
    }

    public void start() {
        running = true;
        refresh();
    }

    /// Reserves room for fresh messages, all or none; false where this node does not deliver, or
    /// its provider takes nothing now: other nodes may reach it.
    public boolean reserve(
            ChannelConfigurationId configuration, Lane lane, CampaignId campaign, int places) {
        ProviderLoop loop = loops.get(configuration);
        return loop != null
                && running
                && room(loop).takesFresh(lane, places)
                && queue(configuration).reserve(lane, campaign, places);
    }

    /// Gives reserved room back.
    public void giveBack(
            ChannelConfigurationId configuration, Lane lane, CampaignId campaign, int places) {
        queue(configuration).giveBack(lane, campaign, places);
    }

    /// Takes claimed messages for which room was reserved.
    public void deliver(ChannelConfigurationId configuration, List<Deliverable> messages) {
        queue(configuration).addAll(messages);
    }

    FairQueue queue(ChannelConfigurationId configuration) {
        return queues.computeIfAbsent(configuration, _ -> new FairQueue(CAPACITY_PER_LANE));
    }

    /// The loop that may take messages for the configuration now.
    @Nullable ProviderLoop readyLoop(ChannelConfigurationId configuration) {
        ProviderLoop loop = loops.get(configuration);
        return loop != null
                        && running
                        && loop.provider().status().breaker() != ProviderStatus.Breaker.OPEN
                ? loop
                : null;
    }

    /// How much this node may take for a loop now.
    NodeRoom room(ProviderLoop loop) {
        return new NodeRoom(
                queue(loop.configuration().id()),
                loop.provider().status(),
                loop.configuration().limits());
    }

    /// All loops of one configuration share it, also those that end.
    OutcomeRecorder recorder(ChannelConfiguration configuration) {
        return recorders.computeIfAbsent(
                configuration.id(),
                _ -> new OutcomeRecorder(ports, configuration.name().channelConfiguration()));
    }

    OutcomeListener outcomes() {
        return outcomes;
    }

    /// Follows the channel configurations: starts, replaces and ends loops, and gives back what
    /// waits for those that do not send, or not soon. To be called after every change and every
    /// second.
    public synchronized void refresh() {
        if (!running) {
            return;
        }
        Map<ChannelConfigurationId, ChannelConfiguration> active = new HashMap<>();
        for (ChannelConfiguration configuration : configurations.get()) {
            if (configuration.state() == ChannelConfiguration.State.ACTIVE) {
                active.put(configuration.id(), configuration);
            }
        }
        for (ProviderLoop loop : List.copyOf(loops.values())) {
            ChannelConfiguration now = active.get(loop.configuration().id());
            if (now == null || now.version() != loop.configuration().version()) {
                loops.remove(loop.configuration().id());
                end(loop);
            }
        }
        active.values().forEach(this::startLoop);
        Instant now = ports.clock().instant();
        queues.forEach((id, queue) -> {
            ProviderLoop loop = loops.get(id);
            release(loop == null ? queue.poll(Integer.MAX_VALUE) : room(loop).pollVain(now));
        });
    }

    /// A configuration that cannot be used must not keep the others from sending.
    private void startLoop(ChannelConfiguration configuration) {
        ChannelConfigurationId id = configuration.id();
        Long failed = unusable.get(id);
        if (loops.containsKey(id) || (failed != null && failed == configuration.version())) {
            return;
        }
        try {
            var loop =
                    new ProviderLoop(
                            configuration,
                            queue(id),
                            ports,
                            revisions,
                            recorder(configuration),
                            outcomes,
                            rendered,
                            () -> slotsOfEnding(id));
            loops.put(id, loop);
            loop.start();
            unusable.remove(id);
        } catch (RuntimeException e) {
            unusable.put(id, configuration.version());
            LOG.log(
                    System.Logger.Level.ERROR,
                    "nothing is sent: a channel configuration cannot be used configuration="
                            + configuration.name(),
                    e);
        }
    }

    private int slotsOfEnding(ChannelConfigurationId id) {
        return ending.stream()
                .filter(loop -> loop.configuration().id().equals(id))
                .mapToInt(ProviderLoop::slotsTaken)
                .sum();
    }

    /// What a loop has in hand-over ends by itself; nobody waits for it here.
    private void end(ProviderLoop loop) {
        ending.add(loop);
        loop.stop();
        Thread.ofVirtual().name("close-provider").start(() -> closeWhenIdle(loop));
    }

    private void closeWhenIdle(ProviderLoop loop) {
        try {
            // Whoever follows opens connections of its own.
            loop.provider().retire();
            loop.awaitIdle();
            ending.remove(loop);
            loop.provider().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(List<Deliverable> messages) {
        if (messages.isEmpty()) {
            return;
        }
        try {
            ports.giveBack(messages);
        } catch (StoreUnavailable e) {
            ports.strays().suspect();
            outages.warn(
                    "messages wait for the database to be given back count=" + messages.size(), e);
        } catch (RuntimeException e) {
            // They are in no queue any more; unsuspected they would wait for the end of the lease.
            ports.strays().suspect();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "messages cannot be given back count=" + messages.size(),
                    e);
        }
    }

    /// Takes nothing more, waits for what is in hand-over, records it and gives the rest back.
    ///
    /// @param most how long to wait; not by the clock, which may jump
    /// @return whether everything in hand-over ended in time
    public synchronized boolean drain(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        running = false;
        List<ProviderLoop> all = new ArrayList<>(loops.values());
        all.addAll(ending);
        all.forEach(ProviderLoop::stop);
        all.forEach(loop -> loop.provider().retire());
        boolean idle = true;
        for (ProviderLoop loop : all) {
            idle &= loop.awaitIdle(end);
        }
        all.forEach(ProviderLoop::abandon);
        recorders.values().forEach(OutcomeRecorder::end);
        recorders.values().forEach(OutcomeRecorder::close);
        queues.values().forEach(queue -> release(queue.poll(Integer.MAX_VALUE)));
        for (ProviderLoop loop : loops.values()) {
            if (loop.inHandOver() == 0) {
                loop.provider().close();
            }
        }
        return idle;
    }

    /// How each provider does on this node.
    public Map<ChannelConfigurationName, ProviderStatus> providers() {
        Map<ChannelConfigurationName, ProviderStatus> statuses =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        loops.values()
                .forEach(loop ->
                        statuses.put(loop.configuration().name(), loop.provider().status()));
        return statuses;
    }

    /// Messages in hand-over on this node.
    int inHandOver() {
        return Stream.concat(loops.values().stream(), ending.stream())
                .mapToInt(ProviderLoop::inHandOver)
                .sum();
    }
}
