package io.campanile.application.delivery.port;

import io.campanile.domain.channel.ChannelConfigurationId;

import java.time.Instant;

/// When messages may be sent where a provider's rate is limited: one time line per provider, shared
/// by all nodes. Thread-safe.
public interface ProviderTimeLine {
    /// Reserves the next times, one for each of so many messages, at the given rate. When the rate
    /// has changed, times that were reserved at the former rate move as if they had been reserved
    /// at this one. When the store's clock was set back, the next time is as far ahead as it was
    /// when the last one was reserved.
    ///
    /// @return the first of these times, on the clock that gave `now`; not before `now`
    Instant reserve(
            ChannelConfigurationId configuration, int messages, double perSecond, Instant now);
}
