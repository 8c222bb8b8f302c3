package io.campanile.application.consent.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything people said about what they want to get, and what of it counts now. Thread-safe;
/// joins the running transaction, if any; throws [io.campanile.application.store.StoreUnavailable]
/// when the database is away.
public interface Consents {
    /// What lists can be filtered and ordered by.
    ListFields<ConsentRecord> FIELDS =
            ListFields.<ConsentRecord>orderedBy(
                            new SortOrder("say_time", true), record -> record.id().toString())
                    .sortableTime("say_time", ConsentRecord::time)
                    .build();

    Optional<ConsentRecord> find(WorkspaceId workspace, ConsentRecordId id);

    /// What counts now, as [#current]. Until the end of the running transaction nobody else can
    /// lock the subject.
    List<ConsentRecord> lock(WorkspaceId workspace, ConsentSubject subject);

    /// Until the end of the running transaction nobody else can lock any of the subjects.
    void lock(WorkspaceId workspace, Collection<ConsentSubject> subjects);

    /// The one with the latest time of all that was ever recorded about the level, whether it
    /// counts or not.
    Optional<ConsentRecord> newest(
            WorkspaceId workspace, ConsentSubject subject, ConsentLevel level);

    /// What is on record that decides about others: of the subject and level of each of them the
    /// newest record, the newest answer (of two at one time the denial), and whatever was said at
    /// the very same time. Each once, in no order.
    ///
    /// @param said of one workspace
    List<ConsentRecord> before(WorkspaceId workspace, Collection<ConsentRecord> said);

    /// Adds records whose subjects were locked.
    ///
    /// @param records of one workspace; their profiles, where they are about some, exist
    /// @param counting those of the records that count for their levels from now on, in place of
    ///   those before; one for each subject and level
    void add(Collection<ConsentRecord> records, Set<ConsentRecordId> counting);

    /// As [#add(Collection, Set)], for one.
    default void add(ConsentRecord record, boolean counts) {
        add(List.of(record), counts ? Set.of(record.id()) : Set.of());
    }

    /// Makes every record of one subject another's, both of which were locked.
    ///
    /// @param counting those of the records that count for their levels from now on, in place of
    ///   the other's
    void move(
            WorkspaceId workspace,
            ConsentSubject.OfProfile from,
            ConsentSubject.OfProfile to,
            Collection<ConsentRecordId> counting);

    /// Removes every record of a subject, which was locked.
    void forget(WorkspaceId workspace, ConsentSubject subject);

    /// What counts now: one record for each level.
    List<ConsentRecord> current(WorkspaceId workspace, ConsentSubject subject);

    /// Which of the names under which denials of strangers are kept have any that count now; cheap
    /// where the workspace has no such names.
    ///
    /// @param names as [io.campanile.application.consent.Pseudonyms] makes them
    Set<EmailAddress> denying(WorkspaceId workspace, Collection<EmailAddress> names);

    /// Every record of the subject. Fields: see [#FIELDS].
    List<ConsentRecord> list(WorkspaceId workspace, ConsentSubject subject, Query query);
}
