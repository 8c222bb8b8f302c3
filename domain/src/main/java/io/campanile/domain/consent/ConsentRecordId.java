package io.campanile.domain.consent;

import java.util.UUID;

/// The last part of `workspaces/{workspace}/consentRecords/{consent_record}`, a UUIDv7.
public record ConsentRecordId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
