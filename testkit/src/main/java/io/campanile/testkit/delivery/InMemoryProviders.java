package io.campanile.testkit.delivery;

import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.Providers;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Opens one [InMemoryProvider] per version of a channel configuration, with as many slots as its
/// limits allow.
public final class InMemoryProviders implements Providers {
    private record Key(ChannelConfigurationId id, long version) {}

    private final Map<Key, InMemoryProvider> opened = new ConcurrentHashMap<>();

    private final Set<ChannelConfigurationId> unusable = ConcurrentHashMap.newKeySet();

    /// From now on the configuration cannot be opened, as one whose password nobody can read.
    public void refuse(ChannelConfigurationId id) {
        unusable.add(id);
    }

    @Override
    public Provider open(ChannelConfiguration configuration) {
        if (unusable.contains(configuration.id())) {
            throw new IllegalStateException("by the test's will");
        }
        InMemoryProvider provider = of(configuration);
        provider.reopen(configuration.limits().slots());
        return provider;
    }

    /// The provider of the configuration, opened or not.
    public InMemoryProvider of(ChannelConfiguration configuration) {
        return opened.computeIfAbsent(
                new Key(configuration.id(), configuration.version()),
                _ -> new InMemoryProvider(configuration.limits().slots()));
    }
}
