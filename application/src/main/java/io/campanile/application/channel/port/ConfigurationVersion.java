package io.campanile.application.channel.port;

import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.workspace.WorkspaceId;

/// A channel configuration, whose it is, and how often it was changed.
public record ConfigurationVersion(
        WorkspaceId workspace, ChannelConfigurationId id, long version) {}
