package io.campanile.domain.consent;

import io.campanile.domain.access.Actor;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;

/// One thing somebody said about what they want to get. Never changed; the newest of each subject
/// and level counts.
///
/// @param source where it was said, such as `checkout`; may be empty
/// @param proof what shows that it was said: words or ids; may be empty
/// @param by the key that recorded it
public record ConsentRecord(
        ConsentRecordId id,
        WorkspaceId workspace,
        ConsentSubject subject,
        ConsentLevel level,
        ConsentState state,
        String source,
        String proof,
        Actor by,
        Instant time) {

    /// The full name, `workspaces/{workspace}/consentRecords/{consent_record}`.
    public String name() {
        return "workspaces/" + workspace + "/consentRecords/" + id;
    }

    /// What of it a decision needs.
    public Consent consent() {
        return new Consent(id, level, state, source, time);
    }

    @Override
    public String toString() {
        return name();
    }
}
