package io.campanile.application.merge;

import io.campanile.domain.profile.Profile;

/// What came of merging two profiles.
public sealed interface MergeResult {
    /// The person as they are known now; with `validate_only`, as they would be.
    record Merged(Profile profile) implements MergeResult {}

    record NotFound(String name) implements MergeResult {}

    /// The person would have more identities than a profile holds.
    record TooManyIdentities(Profile profile) implements MergeResult {}

    /// The person's attributes would be larger than a profile holds.
    record AttributesTooLarge(Profile profile) implements MergeResult {}
}
