package io.campanile.domain.suppression;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.UUID;

/// The last part of `workspaces/{workspace}/suppressions/{suppression}`, a UUIDv7.
public record SuppressionId(UUID value) {
    /// The id of an entry with that full name.
    public static SuppressionId named(String name) {
        return new SuppressionId(UUID.fromString(name.substring(name.lastIndexOf('/') + 1)));
    }

    /// The full name.
    public String nameIn(WorkspaceId workspace) {
        return "workspaces/" + workspace + "/suppressions/" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
