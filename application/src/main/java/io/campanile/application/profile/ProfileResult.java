package io.campanile.application.profile;

import io.campanile.domain.profile.ContactKind;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.schema.AttributeViolation;

import java.util.List;

/// What an upsert of a profile came to.
public sealed interface ProfileResult {
    /// The person as they are known now; with `validate_only`, as they would be.
    record Known(Profile profile) implements ProfileResult {}

    /// The identities, and whom the row names, are two persons already.
    record Clash(Profile one, Profile other) implements ProfileResult {}

    /// The row is about somebody new, and an identity points at this person.
    record KnownAlready(Profile profile) implements ProfileResult {}

    /// Whom the row names, or whose version the caller has seen, is not there.
    record Nobody() implements ProfileResult {}

    /// The person was changed since the caller has seen them.
    record EtagMismatch(Profile current) implements ProfileResult {}

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

    /// The person would be reached in more ways than a profile holds.
    ///
    /// @param kinds of which there is no room, at least one
    record TooManyContacts(List<ContactKind> kinds) implements ProfileResult {
        public TooManyContacts {
            kinds = List.copyOf(kinds);
        }
    }

    /// The person's attributes would be larger than a profile holds.
    record AttributesTooLarge(Profile profile) implements ProfileResult {}
}
