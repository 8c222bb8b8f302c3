package io.campanile.application.channel.port;

import io.campanile.domain.channel.ChannelConfigurationId;

/// A channel configuration and how often it was changed.
public record ConfigurationVersion(ChannelConfigurationId id, long version) {}
