package io.campanile.domain.eligibility;

import io.campanile.domain.suppression.Suppression;

import org.jspecify.annotations.Nullable;

/// What is known about one recipient when it is decided.
///
/// @param address the suppression of its address, expired or not
/// @param domain the suppression of its address's domain, expired or not
public record Facts(@Nullable Suppression address, @Nullable Suppression domain) {
    /// Nothing is known that speaks against anybody.
    public static final Facts NONE = new Facts(null, null);
}
