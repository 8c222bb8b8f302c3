package io.campanile.application.channel;

import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationDecision;
import io.campanile.domain.channel.ConfigurationLifecycle.Action;

/// What a changing call on a channel configuration came to.
public sealed interface ChannelConfigurationResult {
    /// Done, now or by an earlier call with the same request id; with `validate_only`, what would
    /// be.
    record Done(ChannelConfiguration configuration) implements ChannelConfigurationResult {}

    /// The configuration is gone.
    record Deleted() implements ChannelConfigurationResult {}

    record NotFound(ChannelConfigurationName name) implements ChannelConfigurationResult {}

    /// The id is taken.
    record Exists(ChannelConfigurationName name) implements ChannelConfigurationResult {}

    /// Somebody else was faster.
    record EtagMismatch(ChannelConfiguration current) implements ChannelConfigurationResult {}

    /// The configuration does not allow it; nothing changed.
    record Refused(
            ChannelConfiguration configuration,
            Action action,
            ConfigurationDecision.Refused refusal)
            implements ChannelConfigurationResult {}

    /// The request id belongs to another request.
    record RequestIdReused(String requestId) implements ChannelConfigurationResult {}
}
