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
        return of(workspace, workspaces.find(workspace).map(Workspace::addressField).orElse(""));
    }

    /// As [#of(WorkspaceId)], for whoever has read the workspace.
    ///
    /// @param ofWorkspace its own; empty when it has none
    Set<String> of(WorkspaceId workspace, String ofWorkspace) {
        return Stream.concat(
                        Stream.of(ofWorkspace), configurations.addressFields(workspace).stream())
                .filter(field -> !field.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
