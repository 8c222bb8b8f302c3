package io.campanile.application.profile;

import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.Identity;

import java.util.List;

/// What one row teaches about one person.
///
/// @param identities at least one; they point at one person afterwards
public record ProfileRow(List<Identity> identities, DetailsChange learned, Whom whom) {
    public ProfileRow {
        identities = List.copyOf(identities);
    }

    /// A row about whoever the identities point at, or else somebody new.
    public ProfileRow(List<Identity> identities, DetailsChange learned) {
        this(identities, learned, new Whom.Anybody());
    }
}
