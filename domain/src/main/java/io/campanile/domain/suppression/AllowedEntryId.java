package io.campanile.domain.suppression;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.UUID;

/// The last part of `workspaces/{workspace}/allowedEntries/{allowed_entry}`, a UUIDv7.
public record AllowedEntryId(UUID value) {
    /// The id of an entry with that full name.
    public static AllowedEntryId named(String name) {
        return new AllowedEntryId(UUID.fromString(name.substring(name.lastIndexOf('/') + 1)));
    }

    /// The full name.
    public String nameIn(WorkspaceId workspace) {
        return "workspaces/" + workspace + "/allowedEntries/" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
