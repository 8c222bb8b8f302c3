package io.campanile.application.delivery;

import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.channel.ChannelConfiguration;

import java.time.Duration;

/// What tells one provider's loop to end, and how far it may still go when the database is away.
/// Thread-safe.
final class LoopControl {
    /// How long the loop waits after something went wrong.
    static final Duration RETRY_DELAY = Duration.ofMillis(200);

    private final ChannelConfiguration configuration;
    private final DeliveryPorts ports;
    private final OutageLog outages = new OutageLog(ProviderLoop.class);
    private final StoreRetry untilStopped = new StoreRetry(this::awaitStoreUnlessStopped);
    private final StoreRetry untilAbandoned = new StoreRetry(this::awaitStoreUnlessAbandoned);

    private volatile boolean stopping;
    private volatile boolean abandoned;

    LoopControl(ChannelConfiguration configuration, DeliveryPorts ports) {
        this.configuration = configuration;
        this.ports = ports;
    }

    /// Nothing more is taken; what was marked is still handed over and recorded.
    void stop() {
        stopping = true;
    }

    /// Nothing more is marked, whatever is prepared.
    void abandon() {
        abandoned = true;
        stop();
    }

    boolean isStopping() {
        return stopping;
    }

    /// Whether what was taken is to be given back: whoever follows a loop that stops has the
    /// configuration as it is by now, and a node whose clock is apart cannot tell what time it is.
    boolean takesNothing() {
        return stopping || ports.clock().isApart();
    }

    /// For what is given back when the loop ends.
    StoreRetry untilStopped() {
        return untilStopped;
    }

    /// For what a stop does not end.
    StoreRetry untilAbandoned() {
        return untilAbandoned;
    }

    /// @throws StoreUnavailable when nothing may be marked any more
    void refuseWhenAbandoned() {
        if (abandoned) {
            throw new StoreUnavailable(
                    "the node stops", new IllegalStateException("the drain deadline passed"));
        }
    }

    void logWaiting(StoreUnavailable e) {
        outages.warn("delivery waits for the database configuration=" + configuration.name(), e);
    }

    private void awaitStoreUnlessStopped(StoreUnavailable e) throws InterruptedException {
        if (takesNothing()) {
            throw e;
        }
        awaitStore(e);
    }

    private void awaitStoreUnlessAbandoned(StoreUnavailable e) throws InterruptedException {
        awaitStore(e);
        refuseWhenAbandoned();
    }

    private void awaitStore(StoreUnavailable e) throws InterruptedException {
        logWaiting(e);
        Thread.sleep(RETRY_DELAY);
    }
}
