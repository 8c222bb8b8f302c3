package io.campanile.application.profile;

import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.Identity;

import java.util.List;

/// What one row teaches about one person.
///
/// @param identities at least one; they point at one person afterwards
public record ProfileRow(List<Identity> identities, DetailsChange learned) {
    public ProfileRow {
        identities = List.copyOf(identities);
    }
}
