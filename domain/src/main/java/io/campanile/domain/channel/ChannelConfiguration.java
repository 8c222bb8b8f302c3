package io.campanile.domain.channel;

import java.time.Instant;

/// Sender, provider and limits of one channel in a workspace (Adobe: surface).
///
/// @param category the only category of campaigns it serves; chosen at creation, for good
/// @param version raised by every change; the etag
public record ChannelConfiguration(
        ChannelConfigurationId id,
        ChannelConfigurationName name,
        Category category,
        ConfigurationDefinition definition,
        State state,
        long version,
        Instant createTime,
        Instant updateTime) {

    /// Where a channel configuration stands.
    public enum State {
        /// Being edited; no campaign can use it.
        DRAFT,
        ACTIVE,
        /// Hands nothing over; messages wait.
        PAUSED,
        /// Retired; campaigns cannot be activated with it.
        INACTIVE
    }

    /// A draft nobody has changed yet.
    public static ChannelConfiguration created(
            ChannelConfigurationId id,
            ChannelConfigurationName name,
            Category category,
            ConfigurationDefinition definition,
            Instant now) {
        return new ChannelConfiguration(id, name, category, definition, State.DRAFT, 1, now, now);
    }

    public Channel channel() {
        return Channel.EMAIL;
    }

    public DeliveryLimits limits() {
        return definition.limits();
    }

    /// This with what can be edited replaced.
    public ChannelConfiguration edited(ConfigurationDefinition edit) {
        return new ChannelConfiguration(
                id, name, category, edit, state, version, createTime, updateTime);
    }

    /// The same in another state, as its next version.
    ChannelConfiguration changed(State newState, Instant now) {
        return new ChannelConfiguration(
                id, name, category, definition, newState, version + 1, createTime, now);
    }
}
