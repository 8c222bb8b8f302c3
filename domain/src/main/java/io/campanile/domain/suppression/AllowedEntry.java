package io.campanile.domain.suppression;

import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;

/// An address or a domain that a workspace whose allowed list is on still sends to.
///
/// @param note for people; may be empty
public record AllowedEntry(
        AllowedEntryId id,
        WorkspaceId workspace,
        SuppressionTarget target,
        String note,
        Instant createTime) {

    /// The full name, `workspaces/{workspace}/allowedEntries/{allowed_entry}`.
    public String name() {
        return id.nameIn(workspace);
    }

    @Override
    public String toString() {
        return name();
    }
}
