package io.campanile.persistence.eligibility;

import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.ProfileId;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.consent.ConsentRows;
import io.campanile.persistence.profile.ProfileRows;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// People of whom more is needed than what they said: everything that decisions ask of them, by one
/// look-up of their identity.
final class KnownRows {
    private static final String FOUND =
            Sql.of(
                    KnownRows.class,
                    "find-known.sql",
                    Map.of("group", SubjectGroups.COLUMNS, "person", ProfileRows.DECISIVE));

    /// @param person absent when nobody was looked up, or the identity points at nobody: the call
    ///   may carry what the field of the workspace holds
    /// @param consents what counts of what the person said about such messages; absent when nobody
    ///   was looked up
    /// @param addressField which attribute the workspace takes addresses from; empty for none
    record Known(
            @Nullable KnownPerson person, @Nullable List<Consent> consents, String addressField) {
        /// Of somebody of whom no more is needed than what they said.
        static final Known NOT_ASKED_FOR = new Known(null, null, "");
    }

    private KnownRows() {}

    /// For each subject, in order; mostly nobody.
    static List<Known> load(Store store, List<Subject> subjects) {
        List<Subject> needed = subjects.stream().filter(Subject::needsPerson).toList();
        if (needed.isEmpty()) {
            return Collections.nCopies(subjects.size(), Known.NOT_ASKED_FOR);
        }
        Iterator<Known> found = store.inStatement(handle -> find(handle, needed)).iterator();
        return subjects.stream()
                .map(subject -> subject.needsPerson() ? found.next() : Known.NOT_ASKED_FOR)
                .toList();
    }

    private static List<Known> find(Handle handle, List<Subject> needed) {
        var found =
                new Found(
                        new HashMap<>(),
                        Stream.generate(Gathered::new).limit(needed.size()).toList());
        SubjectGroups.bind(handle.createQuery(FOUND), needed)
                .bind("keys", SqlArrays.texts(needed, subject -> subject.identity().value()))
                .bind("concerned", SqlArrays.texts(workspaces(needed), text -> text))
                .map((row, _) -> {
                    found.add(row);
                    return found;
                })
                .list();
        List<Known> people = new ArrayList<>(needed.size());
        for (int i = 0; i < needed.size(); i++) {
            String field = found.addressFields().getOrDefault(workspace(needed.get(i)), "");
            people.add(found.gathered().get(i).known(field));
        }
        return people;
    }

    private static Set<String> workspaces(List<Subject> subjects) {
        Set<String> workspaces = new HashSet<>();
        subjects.forEach(subject -> workspaces.add(workspace(subject)));
        return workspaces;
    }

    private static String workspace(Subject subject) {
        return subject.occasion().workspace().value();
    }

    /// What was found.
    ///
    /// @param addressFields of the workspaces
    /// @param gathered about each subject, in order
    private record Found(Map<String, String> addressFields, List<Gathered> gathered) {
        void add(ResultSet row) throws SQLException {
            int position = row.getInt("position");
            if (position > 0) {
                gathered.get(position - 1).add(row);
            } else {
                addressFields.put(row.getString("workspace"), row.getString("address_field"));
            }
        }
    }

    /// What was found about one subject.
    private static final class Gathered {
        private final List<Consent> consents = new ArrayList<>(1);
        private @Nullable KnownPerson person;

        /// A row for each consent, or one for a person who said nothing, or for nobody.
        void add(ResultSet row) throws SQLException {
            if (person == null) {
                person = person(row);
            }
            if (row.getObject("id") != null) {
                consents.add(consent(row));
            }
        }

        private static @Nullable KnownPerson person(ResultSet row) throws SQLException {
            UUID id = row.getObject("profile_id", UUID.class);
            return id == null
                    ? null
                    : new KnownPerson(new ProfileId(id), ProfileRows.decisive(row));
        }

        Known known(String addressField) {
            return new Known(person, consents, addressField);
        }
    }

    static Consent consent(ResultSet row) throws SQLException {
        return new Consent(
                new ConsentRecordId(row.getObject("id", UUID.class)),
                ConsentRows.level(row),
                ConsentState.valueOf(row.getString("said")),
                row.getString("source"),
                RowTimes.time(row, "time"));
    }
}
