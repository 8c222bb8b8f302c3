package io.campanile.application.channel;

import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationDecision;
import io.campanile.domain.channel.ConfigurationLifecycle.Action;

/// What a changing call on a channel configuration came to.
public sealed interface ChannelConfigurationResult {
    /// Done, now or by an earlier call with the same request id; with `validate_only`, what would
    /// be. One that was deleted is answered as it was.
    record Done(ChannelConfiguration configuration) implements ChannelConfigurationResult {}

    /// Why it was not done. Nothing changed.
    sealed interface NotDone extends ChannelConfigurationResult {}

    record NotFound(ChannelConfigurationName name) implements NotDone {}

    /// The id is taken.
    record Exists(ChannelConfigurationName name) implements NotDone {}

    /// Somebody else was faster.
    record EtagMismatch(ChannelConfiguration current) implements NotDone {}

    /// The configuration does not allow it; nothing changed.
    record Refused(
            ChannelConfiguration configuration,
            Action action,
            ConfigurationDecision.Refused refusal)
            implements NotDone {}

    /// The request id belongs to another request, which made or changed the resource of that name.
    record RequestIdReused(String requestId, String resource) implements NotDone {}
}
