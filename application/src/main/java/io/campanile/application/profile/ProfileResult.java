package io.campanile.application.profile;

import io.campanile.domain.profile.Profile;
import io.campanile.domain.schema.AttributeViolation;

import java.util.List;

/// What an upsert of a profile came to.
public sealed interface ProfileResult {
    /// The person as they are known now; with `validate_only`, as they would be.
    record Known(Profile profile) implements ProfileResult {}

    /// The identities point at two persons already.
    record Clash(Profile one, Profile other) implements ProfileResult {}

    /// The workspace's schema says otherwise of attributes.
    ///
    /// @param violations at least one
    record AttributesRefused(List<AttributeViolation> violations) implements ProfileResult {
        public AttributesRefused {
            violations = List.copyOf(violations);
        }
    }

    /// The person would have more identities than a profile holds.
    record TooManyIdentities(Profile profile) implements ProfileResult {}

    /// The person's attributes would be larger than a profile holds.
    record AttributesTooLarge(Profile profile) implements ProfileResult {}
}
