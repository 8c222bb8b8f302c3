package io.campanile.application.trigger;

import io.campanile.domain.broadcast.Canary;
import io.campanile.domain.broadcast.WriteRate;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What a trigger of a campaign's audience asks for besides.
///
/// @param context shared by all messages
/// @param canary present when a part is to go first
public record BroadcastOptions(
        Map<String, Object> context, WriteRate rate, @Nullable Canary canary) {
    @Override
    public String toString() {
        return "BroadcastOptions[" + rate + ", " + canary + "]";
    }
}
