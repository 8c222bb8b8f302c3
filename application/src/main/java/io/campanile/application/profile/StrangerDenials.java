package io.campanile.application.profile;

import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Map;

/// What identities refused while nobody knew whose they are.
@FunctionalInterface
public interface StrangerDenials {
    /// Makes it count for the persons whom the identities begin to point at in this transaction,
    /// which has locked the identities.
    ///
    /// @param known persons by their identities, in the form keys are compared in; they are stored
    void follow(WorkspaceId workspace, Map<Identity, ProfileId> known);
}
