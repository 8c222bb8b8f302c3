package io.campanile.domain.suppression;

import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// An address or a domain that a workspace whose allowed list is on still sends to.
///
/// @param note for people; may be empty
/// @param expireTime from when on it has no effect; never when absent
public record AllowedEntry(
        AllowedEntryId id,
        WorkspaceId workspace,
        SuppressionTarget target,
        String note,
        Instant createTime,
        @Nullable Instant expireTime) {

    /// The full name, `workspaces/{workspace}/allowedEntries/{allowed_entry}`.
    public String name() {
        return id.nameIn(workspace);
    }

    public boolean isInForce(Instant now) {
        return expireTime == null || now.isBefore(expireTime);
    }

    @Override
    public String toString() {
        return name();
    }
}
