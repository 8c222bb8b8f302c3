package io.campanile.domain.consent;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.UUID;

/// The last part of `workspaces/{workspace}/consentRecords/{consent_record}`: a UUIDv7, or that of
/// the question which the record confirms, as UUIDv8 (RFC 9562).
public record ConsentRecordId(UUID value) {
    private static final long VERSION = 0xF000;
    private static final long CUSTOM = 0x8000;

    /// The id of what confirms this question. There is one for each, so that nothing else that was
    /// said can pass for it, and a repetition is known however late it comes.
    public ConsentRecordId confirmation() {
        long high = (value.getMostSignificantBits() & ~VERSION) | CUSTOM;
        return new ConsentRecordId(new UUID(high, value.getLeastSignificantBits()));
    }

    /// The full name.
    public String nameIn(WorkspaceId workspace) {
        return "workspaces/" + workspace + "/consentRecords/" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
