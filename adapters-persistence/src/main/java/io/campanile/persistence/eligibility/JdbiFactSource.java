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
import io.campanile.persistence.eligibility.FactRows.Wanted;
import io.campanile.persistence.eligibility.KnownRows.Known;

import java.util.ArrayList;
import java.util.List;

/// Facts about recipients on PostgreSQL, each found by its key. Only facts that exist come back:
/// about most people, nothing was said. Two statements: the first finds who the recipients are,
/// where that matters, and so where the messages would go; the second finds the rest.
public final class JdbiFactSource implements FactSource {
    private final Store store;
    private final Pseudonyms pseudonyms;

    public JdbiFactSource(Store store, Pseudonyms pseudonyms) {
        this.store = store;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public List<Facts> load(List<Subject> subjects) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        List<Known> people = KnownRows.load(store, subjects);
        List<Wanted> wanted = new ArrayList<>(subjects.size());
        for (int i = 0; i < subjects.size(); i++) {
            wanted.add(wanted(subjects.get(i), people.get(i)));
        }
        return store.inStatement(handle -> FactRows.find(handle, wanted));
    }

    private Wanted wanted(Subject subject, Known known) {
        WorkspaceId workspace = subject.occasion().workspace();
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
                address == null ? null : address.comparable(),
                address == null ? null : pseudonyms.of(workspace, address).value(),
                pseudonyms.of(workspace, subject.identity()).value());
    }
}
