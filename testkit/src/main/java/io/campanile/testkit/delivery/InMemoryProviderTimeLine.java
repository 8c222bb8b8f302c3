package io.campanile.testkit.delivery;

import io.campanile.application.delivery.port.ProviderTimeLine;
import io.campanile.domain.channel.ChannelConfigurationId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Time lines in a map, on a clock of their own as the database's is.
public final class InMemoryProviderTimeLine implements ProviderTimeLine {
    private final InstantSource clock;
    private final Map<ChannelConfigurationId, Line> lines = new HashMap<>();

    private record Line(Instant nextFree, Instant reserveTime, double perSecond) {
        /// How far ahead the next time is then, at another rate.
        Duration ahead(Instant time, double newPerSecond) {
            Instant from = time.isBefore(reserveTime) ? reserveTime : time;
            Duration ahead = Duration.between(from, nextFree);
            return ahead.isNegative()
                    ? Duration.ZERO
                    : Duration.ofNanos(Math.round(ahead.toNanos() * (perSecond / newPerSecond)));
        }
    }

    public InMemoryProviderTimeLine(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Instant reserve(
            ChannelConfigurationId configuration, int messages, double perSecond, Instant now) {
        Instant time = clock.instant();
        Line line = lines.getOrDefault(configuration, new Line(time, time, perSecond));
        Instant sendTime = time.plus(line.ahead(time, perSecond));
        Duration taken = Duration.ofNanos(Math.round(messages / perSecond * 1e9));
        lines.put(configuration, new Line(sendTime.plus(taken), time, perSecond));
        return now.plus(Duration.between(time, sendTime));
    }
}
