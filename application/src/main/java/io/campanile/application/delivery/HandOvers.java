package io.campanile.application.delivery;

import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// What one provider has in hand-over: from the mark until the outcome is durable. Each takes up a
/// slot. Thread-safe.
final class HandOvers {
    private static final System.Logger LOG = System.getLogger(HandOvers.class.getName());
    private static final long LOOK_UP_EVERY_MILLIS = 10;

    private static final AttemptOutcome NOT_BEGUN = new AttemptOutcome.NotBegun();

    private final ChannelConfiguration configuration;
    private final Provider provider;
    private final DeliveryRules rules;
    private final DeliveryPorts ports;
    private final OutcomeRecorder recorder;
    private final OutcomeListener outcomes;
    private final RenderedMails.Share rendered;
    private final Runnable slotIsFree;
    private final AtomicInteger count = new AtomicInteger();
    private final Object idle = new Object();
    private final OutageLog outages = new OutageLog(HandOvers.class);

    /// @param rendered what each mail gives its room back to when its attempt is over
    /// @param slotIsFree told after each record
    HandOvers(
            ChannelConfiguration configuration,
            Provider provider,
            DeliveryPorts ports,
            OutcomeRecorder recorder,
            OutcomeListener outcomes,
            RenderedMails.Share rendered,
            Runnable slotIsFree) {
        this.configuration = configuration;
        this.provider = provider;
        this.rules = DeliveryRules.of(configuration);
        this.ports = ports;
        this.recorder = recorder;
        this.outcomes = outcomes;
        this.rendered = rendered;
        this.slotIsFree = slotIsFree;
    }

    int count() {
        return count.get();
    }

    /// So many were marked.
    void add(int marked) {
        count.addAndGet(marked);
    }

    /// So many that were marked will not be handed over, nor recorded.
    void forget(int marked) {
        count.addAndGet(-marked);
    }

    /// Hands over what was marked and added, on a thread of its own.
    void start(PreparedMessage ready) {
        Thread.ofVirtual().name("hand-over").start(() -> handOver(ready));
    }

    /// Waits until there are none any more; every attempt has a time limit.
    void awaitNone() throws InterruptedException {
        synchronized (idle) {
            while (count.get() > 0) {
                idle.wait();
            }
        }
    }

    /// Waits until there are none any more, or until the end ([System#nanoTime]).
    void awaitNone(long end) throws InterruptedException {
        synchronized (idle) {
            while (count.get() > 0 && System.nanoTime() - end < 0) {
                idle.wait(LOOK_UP_EVERY_MILLIS);
            }
        }
    }

    /// Records of what was marked and added that it was not handed over, because nobody could
    /// decide about it once more. It is claimed anew as soon as an outage is over; another cause
    /// may last, so that it is not tried again at once.
    ///
    /// @param why nobody could
    void putOff(PreparedMessage ready, RuntimeException why) {
        Instant now = ports.clock().instant();
        MessageState next;
        if (why instanceof StoreUnavailable outage) {
            outages.warn("messages are given back configuration=" + configuration.name(), outage);
            next = after(ready.message(), NOT_BEGUN, now);
        } else {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a message is put off: it cannot be decided anew message=" + ready.id(),
                    why);
            next = ports.afterDefect(rules, ready.message(), now);
        }
        record(ready, NOT_BEGUN, next, now);
    }

    private void handOver(PreparedMessage ready) {
        var lastLook = new LastLook(ready);
        AttemptOutcome outcome;
        try {
            outcome = attempt(ready, lastLook);
        } finally {
            rendered.giveBack(ready.characters());
        }
        RuntimeException undecided = lastLook.undecided;
        if (undecided != null) {
            putOff(ready, undecided);
        } else {
            Instant now = ports.clock().instant();
            record(ready, outcome, after(ready.message(), outcome, now), now);
        }
    }

    private void record(
            PreparedMessage ready, AttemptOutcome outcome, MessageState next, Instant now) {
        Deliverable message = ready.message();
        try {
            recorder.submit(
                    new Recording(
                            message.claim(),
                            next,
                            outcome.reply(),
                            now,
                            ready.unrecorded(),
                            outcome instanceof AttemptOutcome.NotBegun),
                    ready.after(outcome, now),
                    this::recorded);
        } catch (InterruptedException e) {
            // Nobody interrupts a hand-over; if it happens, the row stays in SENDING, in doubt.
            Thread.currentThread().interrupt();
        }
    }

    private MessageState after(Deliverable message, AttemptOutcome outcome, Instant now) {
        Reason putOff = outcome.delayReason();
        if (putOff != null && ports.isTimeInDoubt(message, now)) {
            return DeliveryRules.putOffWithoutClock(putOff, message.claimTime());
        }
        return rules.after(
                outcome, message.tries().withAnother(), message.expireTime(), now, ports.random());
    }

    /// A marked message's state is durable: its slot is free.
    void recorded(Recording recording, boolean valid) {
        handedOver();
        outcomes.recorded(recording, valid);
    }

    private void handedOver() {
        synchronized (idle) {
            count.decrementAndGet();
            idle.notifyAll();
        }
        provider.release(1);
        slotIsFree.run();
    }

    /// A sender returns what the provider said; should it throw all the same, nobody knows what the
    /// provider took. A mark that had to be repeated, or a decision, may have taken long. What a
    /// rule set is to count that came into force after the mark is marked again.
    private AttemptOutcome attempt(PreparedMessage ready, LastLook lastLook) {
        Deliverable message = ready.message();
        boolean inTime =
                DeliveryRules.mayBegin(
                        message.expireTime(),
                        message.leaseEndTime(),
                        Delivery.claimNeeded(configuration),
                        ports.clock().instant());
        if (!inTime || !ready.isCountedEverywhere()) {
            return NOT_BEGUN;
        }
        try {
            return provider.handOver(ready.email(), lastLook);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "hand-over failed unexpectedly message=" + message.id(),
                    e);
            return new AttemptOutcome.Ambiguous(ProviderReply.NONE);
        }
    }

    /// A mail that waited for a connection is decided about once more, so that what was recorded
    /// about the person meanwhile is obeyed. One that is not to be sent any more is claimed again
    /// and settles then, as does one that goes elsewhere, or that another cap is to count.
    private final class LastLook implements BooleanSupplier {
        private final PreparedMessage ready;

        /// Why nobody could decide.
        private volatile @Nullable RuntimeException undecided;

        LastLook(PreparedMessage ready) {
            this.ready = ready;
        }

        @Override
        public boolean getAsBoolean() {
            Instant now = ports.clock().instant();
            return !ready.isOld(now) || isStillWanted(now);
        }

        private boolean isStillWanted(Instant now) {
            try {
                Decided latest =
                        ports.eligibility().decide(List.of(ready.subject()), now).getFirst();
                PreparedMessage anew = ready.decidedAnew(latest);
                return anew.mayBeSent()
                        && anew.isCountedEverywhere()
                        && anew.email().to().equals(ready.email().to());
            } catch (RuntimeException e) {
                undecided = e;
                return false;
            }
        }
    }
}
