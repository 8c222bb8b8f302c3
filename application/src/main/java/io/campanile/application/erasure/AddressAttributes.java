package io.campanile.application.erasure;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Set;
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

    /// Their dotted paths.
    Set<String> of(WorkspaceId workspace) {
        Stream<String> ofWorkspace =
                workspaces.find(workspace).map(Workspace::addressField).stream();
        Stream<String> ofConfigurations =
                configurations.all().stream()
                        .filter(found -> found.name().workspace().equals(workspace))
                        .map(ChannelConfiguration::addressField);
        return Stream.concat(ofWorkspace, ofConfigurations)
                .filter(field -> !field.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
