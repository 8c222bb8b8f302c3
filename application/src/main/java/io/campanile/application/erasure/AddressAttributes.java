package io.campanile.application.erasure;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.channel.port.ConfigurationVersion;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which attributes hold addresses in a workspace, by what it and its channel configurations say at
/// that moment. Thread-safe.
public final class AddressAttributes {
    private final Workspaces workspaces;
    private final ChannelConfigurations configurations;

    public AddressAttributes(Workspaces workspaces, ChannelConfigurations configurations) {
        this.workspaces = workspaces;
        this.configurations = configurations;
    }

    private static BiConsumer<ConfigurationVersion, RuntimeException> refuseOf(
            WorkspaceId workspace) {
        return (unreadable, why) -> {
            if (unreadable.workspace().equals(workspace)) {
                throw new IllegalStateException(
                        "a channel configuration cannot be read: " + unreadable.id(), why);
            }
        };
    }

    /// Their dotted paths. Fails where a configuration of the workspace cannot be read: an address
    /// that is missed would stay.
    Set<String> of(WorkspaceId workspace) {
        Stream<String> ofWorkspace =
                workspaces.find(workspace).map(Workspace::addressField).stream();
        Stream<String> ofConfigurations =
                configurations.all(refuseOf(workspace)).stream()
                        .filter(found -> found.name().workspace().equals(workspace))
                        .map(ChannelConfiguration::addressField);
        return Stream.concat(ofWorkspace, ofConfigurations)
                .filter(field -> !field.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
