package io.campanile.application.consent;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

/// What an address or an identity is called where its owner was erased.
public interface FormerNames {
    /// The name of an address; the same for every spelling of it.
    EmailAddress of(WorkspaceId workspace, EmailAddress address);

    /// The name of an identity, for people without an address.
    ///
    /// @param identity in the form keys are compared in
    EmailAddress of(WorkspaceId workspace, Identity identity);
}
