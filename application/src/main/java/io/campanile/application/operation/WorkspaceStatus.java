package io.campanile.application.operation;

import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.operation.port.Backlog;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How one workspace is doing; holds nothing of any other.
///
/// @param putOff open messages by why an attempt left them open, over all nodes
/// @param outcomes by settled state, of the messages accepted within `window`, over all nodes
/// @param providers on the node that was asked only
/// @param uncounted what is empty because it could not be counted in time, as where millions wait
public record WorkspaceStatus(
        Instant observeTime,
        List<Backlog> backlogs,
        Map<Reason, Long> putOff,
        Duration window,
        Map<MessageState.Kind, Long> outcomes,
        Map<ChannelConfigurationName, ProviderStatus> providers,
        Set<Part> uncounted) {
    /// What the database counts.
    public enum Part {
        BACKLOGS,
        PUT_OFF,
        OUTCOMES
    }
}
