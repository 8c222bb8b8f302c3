package io.campanile.domain.channel;

import io.campanile.domain.workspace.WorkspaceId;

/// `workspaces/{workspace}/channelConfigurations/{channelConfiguration}`, the last part chosen by
/// the author.
public record ChannelConfigurationName(WorkspaceId workspace, String channelConfiguration) {
    public ChannelConfigurationName {
        if (!WorkspaceId.CHOSEN_ID.matcher(channelConfiguration).matches()) {
            throw new IllegalArgumentException(
                    "not a channel configuration id: " + channelConfiguration);
        }
    }

    @Override
    public String toString() {
        return "workspaces/" + workspace + "/channelConfigurations/" + channelConfiguration;
    }
}
