package io.campanile.application.profile;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.channel.port.ChannelConfigurations;
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
    public Set<String> of(WorkspaceId workspace) {
        Stream<String> ofWorkspace =
                workspaces.find(workspace).map(Workspace::addressField).stream()
                        .filter(field -> !field.isEmpty());
        return Stream.concat(ofWorkspace, configurations.addressFields(workspace).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
