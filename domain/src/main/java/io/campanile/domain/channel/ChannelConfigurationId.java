package io.campanile.domain.channel;

import java.util.UUID;

/// Identifies a channel configuration inside Campanile, for good.
public record ChannelConfigurationId(UUID value) implements Comparable<ChannelConfigurationId> {
    @Override
    public int compareTo(ChannelConfigurationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
