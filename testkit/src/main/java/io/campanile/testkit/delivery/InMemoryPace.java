package io.campanile.testkit.delivery;

import io.campanile.application.delivery.port.Pace;
import io.campanile.domain.channel.ChannelConfigurationId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Time lines in a map, on a clock of their own as the database's is.
public final class InMemoryPace implements Pace {
    private final InstantSource clock;
    private final Map<ChannelConfigurationId, Instant> nextFreeTimes = new HashMap<>();

    public InMemoryPace(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Instant reserve(
            ChannelConfigurationId configuration, int permits, double perSecond, Instant now) {
        Instant time = clock.instant();
        Instant nextFree = nextFreeTimes.getOrDefault(configuration, time);
        Instant place = nextFree.isAfter(time) ? nextFree : time;
        Duration taken = Duration.ofNanos(Math.round(permits / perSecond * 1e9));
        nextFreeTimes.put(configuration, place.plus(taken));
        return now.plus(Duration.between(time, place));
    }
}
