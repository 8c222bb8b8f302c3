package io.campanile.testkit.channel;

import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.channel.port.ConfigurationVersion;
import io.campanile.application.query.Query;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Channel configurations in a map; locks nothing.
public final class InMemoryChannelConfigurations implements ChannelConfigurations {
    private static final InMemoryList<ChannelConfiguration> LIST =
            new InMemoryList<>(
                    (configuration, field) ->
                            switch (field) {
                                case "create_time" -> configuration.createTime();
                                case "update_time" -> configuration.updateTime();
                                case "display_name" -> configuration.definition().displayName();
                                case "state" -> configuration.state().name();
                                case "category" -> configuration.category().name();
                                default -> throw new IllegalArgumentException(field);
                            },
                    ChannelConfigurations.FIELDS);

    private final Map<ChannelConfigurationId, ChannelConfiguration> byId =
            new ConcurrentHashMap<>();
    private final Set<ChannelConfigurationId> unreadable = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<ChannelConfiguration> find(ChannelConfigurationName name) {
        return byId.values().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .map(this::readable);
    }

    @Override
    public List<ChannelConfiguration> all(BiConsumer<ConfigurationVersion, RuntimeException> told) {
        byId.values().stream()
                .filter(each -> unreadable.contains(each.id()))
                .forEach(each ->
                        told.accept(
                                new ConfigurationVersion(
                                        each.name().workspace(), each.id(), each.version()),
                                unreadable()));
        return byId.values().stream()
                .filter(each -> !unreadable.contains(each.id()))
                .sorted(Comparator.comparing(each -> each.id().toString()))
                .toList();
    }

    @Override
    public Set<String> addressFields(WorkspaceId workspace) {
        return byId.values().stream()
                .filter(each -> each.name().workspace().equals(workspace))
                .map(each -> each.definition().addressField())
                .filter(field -> !field.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// From now on it cannot be read.
    public void beUnreadable(ChannelConfigurationId id) {
        unreadable.add(id);
    }

    private static RuntimeException unreadable() {
        return new IllegalStateException("unreadable by the test's will");
    }

    private ChannelConfiguration readable(ChannelConfiguration configuration) {
        if (unreadable.contains(configuration.id())) {
            throw unreadable();
        }
        return configuration;
    }

    @Override
    public Optional<ChannelConfiguration> lock(ChannelConfigurationName name) {
        return find(name);
    }

    @Override
    public Optional<ChannelConfiguration> share(ChannelConfigurationName name) {
        return find(name);
    }

    @Override
    public synchronized boolean insert(ChannelConfiguration configuration) {
        return find(configuration.name()).isEmpty()
                && byId.putIfAbsent(configuration.id(), configuration) == null;
    }

    @Override
    public synchronized void update(ChannelConfiguration configuration) {
        if (byId.replace(configuration.id(), configuration) == null) {
            throw new IllegalStateException("there is no " + configuration.name());
        }
    }

    @Override
    public void delete(ChannelConfigurationId id) {
        byId.remove(id);
    }

    @Override
    public List<ChannelConfiguration> list(WorkspaceId workspace, Query query) {
        return LIST.page(
                byId.values().stream()
                        .filter(each -> each.name().workspace().equals(workspace))
                        .toList(),
                query);
    }
}
