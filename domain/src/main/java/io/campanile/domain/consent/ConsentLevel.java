package io.campanile.domain.consent;

import io.campanile.domain.channel.Channel;

import org.jspecify.annotations.Nullable;

/// What a consent is about.
///
/// @param channel absent for every channel
/// @param topic such as `weekly-offers`; empty for every topic
public record ConsentLevel(@Nullable Channel channel, Purpose purpose, String topic) {
    /// Whether a message of that channel, purpose and topic falls under it.
    public boolean covers(Channel ofChannel, Purpose ofPurpose, String ofTopic) {
        return (channel == null || channel == ofChannel)
                && purpose == ofPurpose
                && (topic.isEmpty() || topic.equals(ofTopic));
    }
}
