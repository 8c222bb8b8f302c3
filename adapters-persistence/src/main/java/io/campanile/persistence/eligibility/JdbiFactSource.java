package io.campanile.persistence.eligibility;

import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.AddressFields;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Store;
import io.campanile.persistence.eligibility.FactRows.Found;
import io.campanile.persistence.eligibility.FactRows.PersonPseudonyms;
import io.campanile.persistence.eligibility.FactRows.Wanted;
import io.campanile.persistence.eligibility.KnownRows.Known;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Facts about recipients on PostgreSQL, each found by its key. Only facts that exist come back:
/// about most people, nothing was said. Two statements: the first finds who the recipients are,
/// where that matters, and so where the messages would go; the second finds the rest. Thread-safe.
public final class JdbiFactSource implements FactSource {
    private final Store store;
    private final Pseudonyms pseudonyms;

    /// Workspaces that were seen to have erased people: only there, people are looked for by their
    /// pseudonyms. What the statement says of the others counts, not what is missing here.
    private final Set<String> withErased = ConcurrentHashMap.newKeySet();

    public JdbiFactSource(Store store, Pseudonyms pseudonyms) {
        this.store = store;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public List<Facts> load(List<Subject> subjects) {
        return subjects.isEmpty() ? List.of() : InHalves.read(subjects, this::read);
    }

    private List<Facts> read(List<Subject> subjects) {
        List<Known> people = KnownRows.load(store, subjects);
        List<Wanted> wanted = new ArrayList<>(subjects.size());
        for (int i = 0; i < subjects.size(); i++) {
            wanted.add(wanted(subjects.get(i), people.get(i)));
        }
        return find(wanted).facts();
    }

    /// Finds everything once more, now by pseudonyms too, where somebody turns out to be erased.
    /// What is kept of people moves from their names to their pseudonyms: all that counts has to be
    /// of one moment, and so of one statement.
    private Found find(List<Wanted> wanted) {
        Set<String> workspaces = FactRows.workspaces(wanted);
        while (true) {
            Set<String> without = new HashSet<>(workspaces);
            without.removeAll(withErased);
            List<PersonPseudonyms> names =
                    without.size() == workspaces.size()
                            ? List.of()
                            : wanted.stream().map(next -> pseudonyms(next, without)).toList();
            Found found =
                    store.inStatement(handle -> FactRows.find(handle, wanted, names, without));
            if (found.withErased().isEmpty()) {
                return found;
            }
            withErased.addAll(found.withErased());
        }
    }

    /// @param without the workspaces in which nobody's pseudonyms are asked for
    private PersonPseudonyms pseudonyms(Wanted wanted, Set<String> without) {
        if (without.contains(wanted.workspace())) {
            return PersonPseudonyms.NOT_ASKED_FOR;
        }
        Subject subject = wanted.subject();
        WorkspaceId workspace = subject.occasion().workspace();
        EmailAddress address = wanted.addressee().address();
        return new PersonPseudonyms(
                address == null ? null : pseudonyms.of(workspace, address).value(),
                pseudonyms.of(workspace, subject.identity()).value());
    }

    private static Wanted wanted(Subject subject, Known known) {
        Addressee addressee =
                Addressee.of(
                        known.person(),
                        subject.identity(),
                        subject.address(),
                        new AddressFields(subject.addressField(), known.addressField()),
                        subject.overlay());
        EmailAddress address = addressee.address();
        return new Wanted(
                subject,
                addressee,
                known.consents(),
                address == null ? null : address.comparable());
    }
}
