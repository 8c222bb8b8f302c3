package io.campanile.application.delivery;

import io.campanile.application.delivery.port.MessageQueue;

import java.time.InstantSource;

/// Settles what will not be sent: messages of stopped campaigns, and expired ones that are held.
public final class SweepMessages {
    private static final int AT_ONCE = 1_000;

    private final MessageQueue queue;
    private final InstantSource clock;

    public SweepMessages(MessageQueue queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /// Cancels what is open of stopped campaigns, in batches until nothing is left. To be called
    /// every second.
    ///
    /// @return how many messages were settled
    public int cancelStopped() {
        int settled = 0;
        int last;
        do {
            last = queue.cancelStopped(AT_ONCE, clock.instant());
            settled += last;
        } while (last > 0);
        return settled;
    }

    /// Expires what waits without an owner. It reads the whole queue: to be called every half
    /// minute.
    ///
    /// @return how many messages were settled
    public int expireHeld() {
        return queue.expireHeld(AT_ONCE, clock.instant());
    }
}
