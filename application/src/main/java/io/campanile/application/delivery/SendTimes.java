package io.campanile.application.delivery;

import io.campanile.domain.channel.ChannelConfiguration;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// When this node may send to one provider, by the time line that all nodes share, where its rate
/// is limited. With a slow rate and many nodes, such times are rare, and the next may be further
/// ahead than a claim lasts. It is kept then, for whatever message can be sent at that time. For
/// the loop's thread only.
final class SendTimes {
    /// How long before a kept time its messages are fetched, and after it another one is taken.
    private static final Duration AROUND_KEPT = Duration.ofMinutes(1);

    private static final Duration LONGEST_SLEEP = Duration.ofMillis(100);

    private final ChannelConfiguration configuration;
    private final DeliveryPorts ports;
    private final LoopControl control;
    private @Nullable SendTime kept;

    /// A time for so many messages.
    ///
    /// @param reserveTime when the time was right
    private record SendTime(Instant time, int messages, Instant reserveTime) {
        /// On a clock that was set back since, it is as far ahead as it was then.
        SendTime by(Instant now) {
            return now.isBefore(reserveTime)
                    ? new SendTime(now.plus(Duration.between(reserveTime, time)), messages, now)
                    : this;
        }
    }

    SendTimes(ChannelConfiguration configuration, DeliveryPorts ports, LoopControl control) {
        this.configuration = configuration;
        this.ports = ports;
        this.control = control;
    }

    /// Says whether it is too early for a kept time. One that nobody could use is forgotten: times
    /// are not saved up.
    boolean isTooEarly() {
        if (kept == null) {
            return false;
        }
        Instant now = ports.clock().instant();
        kept = kept.by(now);
        if (kept.time().plus(AROUND_KEPT).isBefore(now)) {
            kept = null;
            return false;
        }
        return now.isBefore(kept.time().minus(AROUND_KEPT));
    }

    /// How many of those that wait there may be a time for.
    int most(int waiting) {
        return kept == null ? waiting : Math.min(waiting, kept.messages());
    }

    /// Waits for this node's next time to send, if the claims of some last until then.
    ///
    /// @return those; the others are given back until shortly before it
    List<PreparedMessage> await(List<PreparedMessage> prepared) throws InterruptedException {
        if (configuration.limits().messagesPerSecond() <= 0 || prepared.isEmpty()) {
            return prepared;
        }
        Instant now = ports.clock().instant();
        if (ports.clock().isApart()) {
            // A time reserved by this clock would be kept until it has come.
            return prepared;
        }
        SendTime next = kept == null ? reserve(prepared.size(), now) : kept.by(now);
        Instant needed = next.time().plus(Delivery.claimNeeded(configuration));
        Map<Boolean, List<PreparedMessage>> byTime =
                prepared.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        one -> !one.message().leaseEndTime().isBefore(needed)));
        List<PreparedMessage> inTime = byTime.getOrDefault(true, List.of());
        kept = inTime.isEmpty() ? next : null;
        Instant fetchTime = next.time().minus(AROUND_KEPT);
        release(byTime.getOrDefault(false, List.of()), fetchTime.isAfter(now) ? fetchTime : now);
        if (!inTime.isEmpty()) {
            sleep(Duration.between(now, next.time()));
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

    private SendTime reserve(int messages, Instant now) throws InterruptedException {
        double perSecond = configuration.limits().messagesPerSecond();
        Instant time =
                control.untilAbandoned()
                        .run(() ->
                                ports.timeLine()
                                        .reserve(configuration.id(), messages, perSecond, now));
        return new SendTime(time, messages, now);
    }

    /// In steps, as a slow rate makes waits of hours, and nobody who stops waits for those.
    private void sleep(Duration wait) throws InterruptedException {
        Duration left = wait;
        while (left.isPositive() && !control.isStopping()) {
            Duration step = left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP;
            Thread.sleep(step);
            left = left.minus(step);
        }
    }
}
