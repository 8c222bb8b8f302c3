package io.campanile.application.content.port;

import java.util.Map;

/// What a message is rendered from. Values are strings, numbers, booleans, nulls, lists and maps
/// with string keys.
public record Payload(Map<String, Object> context, Map<String, Object> profile) {
    /// Personal: never printed.
    @Override
    public String toString() {
        return "Payload[redacted]";
    }
}
