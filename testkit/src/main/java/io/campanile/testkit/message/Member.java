package io.campanile.testkit.message;

import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;

import java.util.List;

/// A member of an audience in memory.
///
/// @param identities none of who was erased
record Member(ProfileId profile, List<Identity> identities) {
    Member {
        identities = List.copyOf(identities);
    }
}
