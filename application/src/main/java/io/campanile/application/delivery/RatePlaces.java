package io.campanile.application.delivery;

import io.campanile.domain.channel.ChannelConfiguration;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// One provider's places on the time line that all nodes share, where its rate is limited. With a
/// slow rate and many nodes, places are rare, and the next may be further ahead than a claim lasts.
/// It is kept then, for whatever message can be sent at that time. For the loop's thread only.
final class RatePlaces {
    /// How long before a kept place its messages are fetched, and after it another one is taken.
    private static final Duration AROUND_PLACE = Duration.ofMinutes(1);

    private static final Duration LONGEST_SLEEP = Duration.ofMillis(100);

    private final ChannelConfiguration configuration;
    private final DeliveryPorts ports;
    private final BooleanSupplier stopping;
    private final StoreRetry untilAbandoned;
    private @Nullable Place kept;

    /// A time for so many messages.
    ///
    /// @param reserveTime when the time was right
    private record Place(Instant time, int messages, Instant reserveTime) {
        /// On a clock that was set back since, it is as far ahead as it was then.
        Place by(Instant now) {
            return now.isBefore(reserveTime)
                    ? new Place(now.plus(Duration.between(reserveTime, time)), messages, now)
                    : this;
        }
    }

    /// @param stopping whether nobody waits for a place any longer
    RatePlaces(
            ChannelConfiguration configuration,
            DeliveryPorts ports,
            BooleanSupplier stopping,
            StoreRetry untilAbandoned) {
        this.configuration = configuration;
        this.ports = ports;
        this.stopping = stopping;
        this.untilAbandoned = untilAbandoned;
    }

    /// Whether it is too early for a kept place. One that nobody could use is forgotten: places are
    /// not saved up.
    boolean isTooEarly() {
        if (kept == null) {
            return false;
        }
        Instant now = ports.clock().instant();
        kept = kept.by(now);
        if (kept.time().plus(AROUND_PLACE).isBefore(now)) {
            kept = null;
            return false;
        }
        return now.isBefore(kept.time().minus(AROUND_PLACE));
    }

    /// How many of those that wait there may be a place for.
    int most(int waiting) {
        return kept == null ? waiting : Math.min(waiting, kept.messages());
    }

    /// Waits for this node's next place, if the claims of some last until then.
    ///
    /// @return those; the others are given back until shortly before the place
    List<PreparedMessage> await(List<PreparedMessage> prepared) throws InterruptedException {
        if (configuration.limits().messagesPerSecond() <= 0 || prepared.isEmpty()) {
            return prepared;
        }
        Instant now = ports.clock().instant();
        if (ports.clock().isApart()) {
            // A place by this time would be kept until it has come.
            return prepared;
        }
        Place place = kept == null ? reserve(prepared.size(), now) : kept.by(now);
        Instant needed = place.time().plus(Delivery.claimNeeded(configuration));
        Map<Boolean, List<PreparedMessage>> byTime =
                prepared.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        next -> !next.message().leaseEndTime().isBefore(needed)));
        List<PreparedMessage> inTime = byTime.getOrDefault(true, List.of());
        kept = inTime.isEmpty() ? place : null;
        Instant fetchTime = place.time().minus(AROUND_PLACE);
        release(byTime.getOrDefault(false, List.of()), fetchTime.isAfter(now) ? fetchTime : now);
        if (!inTime.isEmpty()) {
            sleep(Duration.between(now, place.time()));
        }
        return inTime;
    }

    private void release(List<PreparedMessage> messages, Instant dueTime) {
        if (!messages.isEmpty()) {
            ports.queue()
                    .release(
                            ports.node(),
                            messages.stream().map(PreparedMessage::claim).toList(),
                            dueTime);
        }
    }

    private Place reserve(int messages, Instant now) throws InterruptedException {
        double perSecond = configuration.limits().messagesPerSecond();
        Instant time =
                untilAbandoned.run(
                        () -> ports.pace().reserve(configuration.id(), messages, perSecond, now));
        return new Place(time, messages, now);
    }

    /// In steps, as a slow rate makes waits of hours, and nobody who stops waits for those.
    private void sleep(Duration wait) throws InterruptedException {
        Duration left = wait;
        while (left.isPositive() && !stopping.getAsBoolean()) {
            Duration step = left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP;
            Thread.sleep(step);
            left = left.minus(step);
        }
    }
}
