package io.campanile.application.delivery.port;

import io.campanile.domain.channel.ChannelConfiguration;

/// Opens providers. Thread-safe.
public interface Providers {
    /// A provider for the configuration as it stands; opens no connection yet.
    Provider open(ChannelConfiguration configuration);
}
