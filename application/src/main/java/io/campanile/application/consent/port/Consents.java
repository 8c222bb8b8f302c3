package io.campanile.application.consent.port;

import io.campanile.application.query.Query;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;

/// Everything people said about what they want to get, and what of it counts now. Thread-safe;
/// joins the running transaction, if any; throws [io.campanile.application.store.StoreUnavailable]
/// when the database is away.
public interface Consents {
    /// Adds a record; from its commit on it is what counts for its subject and level.
    ///
    /// @param record its profile, if it is about one, exists
    void add(ConsentRecord record);

    /// What counts now: the newest record of each level.
    List<ConsentRecord> current(WorkspaceId workspace, ConsentSubject subject);

    /// Every record of the subject. Fields: see `ConsentLists.FIELDS`.
    List<ConsentRecord> list(WorkspaceId workspace, ConsentSubject subject, Query query);
}
