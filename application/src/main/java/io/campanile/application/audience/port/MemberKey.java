package io.campanile.application.audience.port;

import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;

/// What a caller calls a person who is, or is to be, a member.
public sealed interface MemberKey {
    /// By the profile's own id.
    record OfProfile(ProfileId profile) implements MemberKey {}

    /// By a key that points at the profile, in the form keys are compared in.
    record OfIdentity(Identity identity) implements MemberKey {}
}
