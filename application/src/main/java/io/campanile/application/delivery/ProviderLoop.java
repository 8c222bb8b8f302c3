package io.campanile.application.delivery;

import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.delivery.port.Provider;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.message.DeliveryRules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// Drives one provider: permits, then the mark, then the hand-over, then the record. Never more
/// messages stand in `SENDING` than the provider has slots.
final class ProviderLoop {
    private static final System.Logger LOG = System.getLogger(ProviderLoop.class.getName());
    private static final Duration LONGEST_NAP = Duration.ofMillis(500);

    /// A mark costs the database nearly as much for one message as for many. So while more messages
    /// wait than there are slots, and the connections have enough to do, a mark waits this long for
    /// more slots to become free.
    private static final Duration LINGER = Duration.ofMillis(1);

    private static final int MOST_LINGERS = 4;

    private final ChannelConfiguration configuration;
    private final Provider provider;
    private final FairQueue queue;
    private final DeliveryPorts ports;
    private final LoopControl control;
    private final MessagePreparation preparation;
    private final RenderedMails.Share rendered;
    private final MarkLoop marking;
    private final HandOvers handOvers;
    private final ProviderSlots slots;
    private final SendTimes sendTimes;
    private final Thread thread;

    /// A loop that does nothing before [#start].
    ///
    /// @param rendered what all loops of the node may hold together
    /// @param predecessors how many slots ended loops of the same configuration still take up
    ProviderLoop(
            ChannelConfiguration configuration,
            FairQueue queue,
            DeliveryPorts ports,
            RevisionSource revisions,
            OutcomeRecorder recorder,
            OutcomeListener outcomes,
            RenderedMails rendered,
            IntSupplier predecessors) {
        this.configuration = configuration;
        this.provider = ports.providers().open(configuration);
        this.queue = queue;
        this.ports = ports;
        this.rendered = rendered.share(configuration.limits().connections());
        this.control = new LoopControl(configuration, ports);
        var notSent = new NotSent(ports, DeliveryRules.of(configuration), recorder, outcomes);
        this.preparation =
                new MessagePreparation(
                        ports,
                        new MailRenderer(revisions, ports.unsubscribeLinks(), configuration),
                        notSent,
                        recorder,
                        outcomes,
                        configuration,
                        queue::putBack);
        this.handOvers =
                new HandOvers(
                        configuration,
                        provider,
                        ports,
                        recorder,
                        outcomes,
                        this.rendered,
                        queue::nudge);
        this.marking =
                new MarkLoop(
                        new MarkMessages(ports, configuration),
                        preparation,
                        notSent,
                        handOvers,
                        outcomes,
                        control);
        this.slots = new ProviderSlots(configuration.limits(), handOvers, predecessors);
        this.sendTimes = new SendTimes(configuration, ports, control);
        this.thread =
                Thread.ofPlatform()
                        .name("deliver-" + configuration.name().channelConfiguration())
                        .daemon()
                        .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    ChannelConfiguration configuration() {
        return configuration;
    }

    Provider provider() {
        return provider;
    }

    int inHandOver() {
        return handOvers.count();
    }

    int slotsTaken() {
        return slots.taken();
    }

    /// Takes nothing more; what was marked is still handed over and recorded.
    void stop() {
        control.stop();
        queue.nudge();
    }

    /// Marks nothing more, whatever it has prepared.
    void abandon() {
        control.abandon();
        queue.nudge();
    }

    /// Waits until nothing is in hand-over any more; every attempt has a time limit.
    void awaitIdle() throws InterruptedException {
        thread.join();
        handOvers.awaitNone();
    }

    /// Waits until nothing is in hand-over any more, or until the end ([System#nanoTime]).
    boolean awaitIdle(long end) throws InterruptedException {
        thread.join(Duration.ofNanos(end - System.nanoTime()).plusMillis(1));
        handOvers.awaitNone(end);
        return handOvers.count() == 0 && !thread.isAlive();
    }

    private void run() {
        while (!control.isStopping()) {
            try {
                round();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a provider's loop", e);
            } catch (StoreUnavailable e) {
                ports.strays().suspect();
                control.logWaiting(e);
            } catch (RuntimeException e) {
                ports.strays().suspect();
                LOG.log(System.Logger.Level.ERROR, "a delivery round failed", e);
                pauseAfterFailure();
            }
        }
    }

    private static void pauseAfterFailure() {
        try {
            Thread.sleep(LoopControl.RETRY_DELAY);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a provider's loop", e);
        }
    }

    private void round() throws InterruptedException {
        int waiting =
                queue.awaitMessages(
                        LONGEST_NAP.toMillis(), TimeUnit.MILLISECONDS, control::isStopping);
        if (waiting == 0) {
            return;
        }
        if (sendTimes.isTooEarly()) {
            queue.awaitNudge(LONGEST_NAP.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        waiting = sendTimes.most(waiting);
        int wanted = Math.min(waiting, slots.free());
        for (int i = 0; i < MOST_LINGERS && wanted < waiting && wanted < slots.worthwhile(); i++) {
            Thread.sleep(LINGER);
            wanted = control.isStopping() ? 0 : Math.min(waiting, slots.free());
        }
        wanted = Math.min(wanted, rendered.room());
        // Looked at last, because what is taken by a wrong clock may settle by it.
        boolean rests = wanted == 0 || ports.clock().isApart();
        int permits = rests ? 0 : provider.acquire(wanted);
        if (permits == 0) {
            nap();
        } else {
            deliver(permits);
        }
    }

    private void nap() throws InterruptedException {
        Duration wait = provider.retryIn();
        boolean onlySlotsMissing = wait.isZero();
        Duration most = onlySlotsMissing || wait.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP : wait;
        queue.awaitNudge(most.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void deliver(int permits) throws InterruptedException {
        var used = new AtomicInteger();
        slots.reserve(permits);
        try (RenderedMails.Batch room = rendered.batch()) {
            // A mark names messages: two claims of one would both be taken for marked.
            List<PreparedMessage> prepared =
                    sendTimes.await(prepare(Deliverable.newestClaims(queue.poll(permits)), room));
            if (control.takesNothing()) {
                giveBack(prepared);
                return;
            }
            marking.mark(
                    prepared,
                    marked -> {
                        used.addAndGet(marked.slots());
                        for (PreparedMessage ready : marked.messages()) {
                            room.leave(ready.characters());
                            handOvers.start(ready);
                        }
                    });
        } finally {
            slots.reserve(0);
            int unused = permits - used.get();
            if (unused > 0) {
                provider.release(unused);
            }
        }
    }

    private void giveBack(List<PreparedMessage> prepared) {
        ports.giveBack(prepared.stream().map(PreparedMessage::message).toList());
    }

    /// Suspects one by one, the others together. Nothing has happened to a message before its
    /// preparation succeeds.
    private List<PreparedMessage> prepare(List<Deliverable> messages, RenderedMails.Batch room)
            throws InterruptedException {
        List<PreparedMessage> prepared = new ArrayList<>(messages.size());
        List<Deliverable> others = new ArrayList<>(messages.size());
        for (Deliverable message : messages) {
            if (message.history().isSuspect()) {
                prepared.addAll(
                        control.untilStopped().run(() -> preparation.prepareAlone(message, room)));
            } else {
                others.add(message);
            }
        }
        prepared.addAll(control.untilStopped().run(() -> preparation.prepare(others, room)));
        return prepared;
    }
}
