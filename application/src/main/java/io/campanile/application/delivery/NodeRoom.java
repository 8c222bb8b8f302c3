package io.campanile.application.delivery;

import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.message.Lane;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// What a node may keep in memory for a provider: no more than it can hand over soon. When the
/// connection of this node alone is broken, other nodes can send the rest.
final class NodeRoom {
    /// How long messages wait in memory for a provider that is driven slower than it may be.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final int ALL_WEIGHTS =
            Arrays.stream(Lane.values()).mapToInt(Lane::weight).sum();

    private final FairQueue queue;
    private final ProviderStatus status;
    private final boolean slowed;

    NodeRoom(FairQueue queue, ProviderStatus status, DeliveryLimits limits) {
        this.queue = queue;
        this.status = status;
        double full = limits.messagesPerSecond();
        this.slowed = status.pace() > 0 && (full == 0 || status.pace() < full);
    }

    /// Whether this node takes messages that nobody else has to look for first.
    boolean takesFresh(Lane lane, int places) {
        return status.breaker() == Breaker.CLOSED
                && (!slowed || queue.waiting(lane) + places <= mostWaiting(lane));
    }

    /// How many messages may be claimed in a lane now. A few at a time are not worth it.
    int mostClaimed(Lane lane) {
        return switch (status.breaker()) {
            case OPEN -> 0;
            case HALF_OPEN -> Math.max(0, ProviderStatus.MOST_PROBES - queue.waiting());
            case CLOSED -> slowed ? mostClaimedSlowly(lane) : Integer.MAX_VALUE;
        };
    }

    private int mostClaimedSlowly(Lane lane) {
        int most = mostWaiting(lane);
        int left = most - queue.waiting(lane);
        return left > most / 2 ? left : 0;
    }

    /// What leaves a lane in that time although all lanes have something.
    private int mostWaiting(Lane lane) {
        double soon = status.pace() * LONGEST_WAIT.toSeconds() * lane.weight() / ALL_WEIGHTS;
        return (int) Math.clamp(soon, 1, Integer.MAX_VALUE);
    }

    /// Takes out of memory what waits there for nothing.
    List<Deliverable> pollVain(Instant now) {
        return switch (status.breaker()) {
            case OPEN -> queue.poll(Integer.MAX_VALUE);
            case HALF_OPEN -> queue.pollClaimedBefore(now.minus(LONGEST_WAIT));
            case CLOSED -> slowed ? queue.pollClaimedBefore(now.minus(LONGEST_WAIT)) : List.of();
        };
    }
}
