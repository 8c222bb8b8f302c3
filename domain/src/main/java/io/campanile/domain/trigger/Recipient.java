package io.campanile.domain.trigger;

import io.campanile.domain.profile.Identity;

import java.util.Map;

/// One entry of a trigger. Values are strings, numbers, booleans, lists and maps with string keys.
///
/// @param address overrides every other address; empty when the call carries none
public record Recipient(
        Identity identity,
        String address,
        Map<String, Object> context,
        Map<String, Object> profile) {

    /// Context and profile are personal: never printed.
    @Override
    public String toString() {
        return "Recipient[" + identity + "]";
    }
}
