package io.campanile.application.delivery.port;

import io.campanile.domain.channel.ChannelConfigurationId;

import java.time.Instant;

/// One time line per provider, shared by all nodes. Thread-safe.
public interface Pace {
    /// Reserves the next `permits` places at the given rate. When the rate has changed, places that
    /// were taken at the former rate move as if they had been taken at this one. When the store's
    /// clock was set back, the next place is as far ahead as it was when the last one was reserved.
    ///
    /// @return the time of the first place, on the clock that gave `now`; not before `now`
    Instant reserve(
            ChannelConfigurationId configuration, int permits, double perSecond, Instant now);
}
