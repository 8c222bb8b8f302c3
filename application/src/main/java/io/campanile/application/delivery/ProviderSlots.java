package io.campanile.application.delivery;

import io.campanile.domain.channel.DeliveryLimits;

import java.util.function.IntSupplier;

/// How many of one provider's slots are taken: by messages about to be marked, by messages in
/// hand-over, and by those of loops that ended. Written by the loop's thread, read by others.
final class ProviderSlots {
    private final DeliveryLimits limits;
    private final HandOvers handOvers;
    private final IntSupplier predecessors;
    private volatile int reserved;

    /// @param predecessors how many slots ended loops of the same configuration still take up
    ProviderSlots(DeliveryLimits limits, HandOvers handOvers, IntSupplier predecessors) {
        this.limits = limits;
        this.handOvers = handOvers;
        this.predecessors = predecessors;
    }

    /// So many messages are about to be marked; 0 when they are no longer.
    void reserve(int messages) {
        reserved = messages;
    }

    /// Those of this loop. One that moves on from the mark to the hand-over in between is counted
    /// twice, and never not at all.
    int taken() {
        int soon = reserved;
        return soon + handOvers.count();
    }

    int free() {
        return Math.max(0, limits.slots() - taken() - predecessors.getAsInt());
    }

    /// For how many a mark is worth waiting a moment: half of the slots, where the others keep
    /// every connection busy.
    int worthwhile() {
        int half = limits.slots() / 2;
        return half < 2 * limits.connections() ? 0 : half;
    }
}
