package io.campanile.domain.channel;

import io.campanile.domain.use.Uses;

/// What a call on a channel configuration comes to.
public sealed interface ConfigurationDecision {
    /// The configuration as it is from now on.
    record Changed(ChannelConfiguration configuration) implements ConfigurationDecision {}

    /// The configuration is already as it was asked to be.
    record Unchanged(ChannelConfiguration configuration) implements ConfigurationDecision {}

    /// The configuration is to be removed.
    record Deleted() implements ConfigurationDecision {}

    /// The configuration cannot do what was asked.
    ///
    /// @param text what is in the way, one sentence
    /// @param whatToDo how to get there, one sentence
    /// @param uses the campaigns that are in the way
    record Refused(Reason reason, String text, String whatToDo, Uses uses)
            implements ConfigurationDecision {
        Refused(Reason reason, String text, String whatToDo) {
            this(reason, text, whatToDo, Uses.NONE);
        }
    }

    /// The reason's name, the same in the API.
    enum Reason {
        /// The state does not allow the call.
        CHANNEL_CONFIGURATION_STATE_CONFLICT,
        /// Campaigns use it.
        CHANNEL_CONFIGURATION_IN_USE,
        /// It lacks what activation needs.
        CHANNEL_CONFIGURATION_INCOMPLETE
    }
}
