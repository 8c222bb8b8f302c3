package io.campanile.domain.consent;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.UUID;

/// The last part of `workspaces/{workspace}/consentRecords/{consent_record}`, a UUIDv7.
public record ConsentRecordId(UUID value) {
    /// The full name.
    public String nameIn(WorkspaceId workspace) {
        return "workspaces/" + workspace + "/consentRecords/" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
