package io.campanile.application.profile;

import io.campanile.domain.profile.ProfileId;

/// Whom a row is about, besides that its identities are theirs.
public sealed interface Whom {
    /// Whoever the identities point at, or else somebody new.
    record Anybody() implements Whom {}

    /// The one that is named: the identities may point at nobody else.
    record Named(ProfileId profile) implements Whom {}

    /// Somebody new: the identities may point at nobody.
    record Stranger() implements Whom {}
}
