package io.campanile.application.consent;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Records what people agree to and refuse, and shows it. What was recorded counts for the next
/// decision on every node. Thread-safe.
public final class ManageConsents {
    private final Consents consents;
    private final ManageProfiles profiles;
    private final FormerDenials formerDenials;
    private final Changes changes;
    private final ConsentBook book;
    private final Speakers speakers;

    public ManageConsents(
            Consents consents,
            ManageProfiles profiles,
            FormerDenials formerDenials,
            Changes changes) {
        this.consents = consents;
        this.profiles = profiles;
        this.formerDenials = formerDenials;
        this.changes = changes;
        this.book = new ConsentBook(consents, formerDenials);
        this.speakers = new Speakers(consents, profiles);
    }

    /// Records what somebody said. An identity that nobody knows becomes a profile, so that no
    /// denial is lost. A refusal by a link makes no profile, because the person may have been
    /// erased since: it is kept under the pseudonym of the identity, like what people refused
    /// before they were erased, and counts for whomever the identity later points at.
    ///
    /// @return the record; nothing when a profile that was named by its id does not exist
    public Optional<ConsentRecord> record(
            WorkspaceId workspace, Person person, Said said, ChangeCall call) {
        var id = new ConsentRecordId(changes.newId());
        return changes.make(now -> {
            Optional<ConsentRecord> record =
                    lockSubject(workspace, person, said, call)
                            .map(subject ->
                                    write(
                                            person,
                                            said.record(id, workspace, subject, call.by(), now),
                                            call.validateOnly()));
            return new Made<>(record, record.isPresent());
        });
    }

    /// Records what many people said, one after the other, all of it or nothing. Identities that
    /// nobody knows become profiles.
    public StatementsResult recordAll(
            WorkspaceId workspace, List<Statement> statements, ChangeCall call) {
        return changes.make(now -> {
            Speakers.Found found =
                    speakers.makeKnownAndLock(
                            workspace, statements.stream().map(Statement::person).toList(), call);
            if (!found.missing().isEmpty()) {
                return Made.nothing(new StatementsResult.NotFound(found.missing()));
            }
            List<ConsentRecord> said = new ArrayList<>(statements.size());
            for (Statement statement : statements) {
                Said words = statement.said();
                said.add(
                        words.record(
                                new ConsentRecordId(changes.newId()),
                                workspace,
                                found.subjects().get(said.size()),
                                call.by(),
                                now));
            }
            return Made.effective(
                    new StatementsResult.Recorded(book.write(said, call.validateOnly())));
        });
    }

    /// Whoever is merged or erased takes this lock first: whom the person turns out to be under it,
    /// they are until the end of the transaction.
    private Optional<ConsentSubject> lockSubject(
            WorkspaceId workspace, Person person, Said said, ChangeCall call) {
        Optional<ConsentSubject> locked = Optional.empty();
        Optional<ConsentSubject> subject = findOrMakeKnown(workspace, person, said, call);
        while (!subject.equals(locked)) {
            subject.ifPresent(found ->
                    consents.lock(
                            workspace, formerDenials.lockedTogether(workspace, person, found)));
            locked = subject;
            // Whoever is unknown is another one at each try that stores nothing.
            if (!call.validateOnly()) {
                subject = findOrMakeKnown(workspace, person, said, call);
            }
        }
        return subject;
    }

    /// What was said about one level is in the order of its times, whatever the clocks of the nodes
    /// say: behind a question that does not count as well, for a refusal must overtake it.
    private ConsentRecord write(Person person, ConsentRecord given, boolean validateOnly) {
        boolean isOfNobody =
                person instanceof Person.ByLink
                        && given.subject() instanceof ConsentSubject.OfAddress;
        // Words of whoever is unknown, as of whoever was erased, may name them.
        ConsentRecord said = isOfNobody ? given.from(UnsubscribeClaim.SOURCE, "") : given;
        ConsentRecord record = book.write(List.of(said), validateOnly).getFirst();
        if (!validateOnly && isOfNobody && person instanceof Person.ByLink(var identity)) {
            formerDenials.keepForAddressOf(identity, record);
        }
        return record;
    }

    /// What counts now for somebody, and what is kept of refusals under an address or identity
    /// whose owner was erased or never known; nothing when there is neither.
    public Optional<List<ConsentRecord>> current(WorkspaceId workspace, Person person) {
        Optional<ConsentSubject> known = known(workspace, person);
        List<ConsentRecord> current = new ArrayList<>();
        known.ifPresent(subject -> current.addAll(consents.current(workspace, subject)));
        formerDenials
                .subjects(workspace, person)
                .forEach(subject -> current.addAll(denials(workspace, subject)));
        return known.isEmpty() && current.isEmpty()
                ? Optional.empty()
                : Optional.of(List.copyOf(current));
    }

    /// What is lifted there was lifted for whoever agreed, and says nothing of somebody else.
    private List<ConsentRecord> denials(WorkspaceId workspace, ConsentSubject subject) {
        return consents.current(workspace, subject).stream()
                .filter(record -> record.state() == ConsentState.DENIED)
                .toList();
    }

    /// Everything somebody ever said; nothing when nobody knows them.
    public Optional<Page<ConsentRecord>> list(
            WorkspaceId workspace, Person person, ListRequest request) {
        return known(workspace, person)
                .map(subject ->
                        Page.of(
                                request,
                                Consents.FIELDS,
                                query -> consents.list(workspace, subject, query)));
    }

    private Optional<ConsentSubject> known(WorkspaceId workspace, Person person) {
        return switch (person) {
            case Person.ByProfile(var id) -> profiles.get(workspace, id).map(ManageConsents::of);
            case Person.ByIdentity(var identity) -> known(workspace, identity);
            case Person.ByLink(var identity) -> known(workspace, identity);
            case Person.ByAddress(var address) ->
                    Optional.of(new ConsentSubject.OfAddress(address));
        };
    }

    private Optional<ConsentSubject> known(WorkspaceId workspace, Identity identity) {
        return profiles.get(workspace, identity).map(ManageConsents::of);
    }

    private Optional<ConsentSubject> findOrMakeKnown(
            WorkspaceId workspace, Person person, Said said, ChangeCall call) {
        Optional<ConsentSubject> known = known(workspace, person);
        return known.isPresent() ? known : makeKnown(workspace, person, said, call);
    }

    private Optional<ConsentSubject> makeKnown(
            WorkspaceId workspace, Person person, Said said, ChangeCall call) {
        return switch (person) {
            case Person.ByLink(var identity) when said.state() == ConsentState.DENIED ->
                    Optional.of(formerDenials.lockSubject(workspace, identity));
            case Person.ByLink(var identity) ->
                    Optional.of(of(profiles.upsert(workspace, identity, call)));
            case Person.ByIdentity(var identity) ->
                    Optional.of(of(profiles.upsert(workspace, identity, call)));
            case Person.ByProfile _, Person.ByAddress _ -> Optional.empty();
        };
    }

    private static ConsentSubject of(Profile profile) {
        return new ConsentSubject.OfProfile(profile.id());
    }
}
