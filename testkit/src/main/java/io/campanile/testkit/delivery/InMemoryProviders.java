package io.campanile.testkit.delivery;

import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.Providers;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Opens one [InMemoryProvider] per channel configuration, with as many slots as its limits allow.
public final class InMemoryProviders implements Providers {
    private final Map<ChannelConfigurationId, InMemoryProvider> opened = new ConcurrentHashMap<>();

    @Override
    public Provider open(ChannelConfiguration configuration) {
        InMemoryProvider provider = of(configuration);
        provider.reopen(configuration.limits().slots());
        return provider;
    }

    /// The provider of the configuration, opened or not.
    public InMemoryProvider of(ChannelConfiguration configuration) {
        return opened.computeIfAbsent(
                configuration.id(), _ -> new InMemoryProvider(configuration.limits().slots()));
    }
}
