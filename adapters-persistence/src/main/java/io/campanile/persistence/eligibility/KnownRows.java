package io.campanile.persistence.eligibility;

import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.ProfileId;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.consent.ConsentRows;
import io.campanile.persistence.profile.ProfileRows;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// People of whom more is needed than what they said: everything that decisions ask of them, by one
/// look-up of their identity.
final class KnownRows {
    private static final String FOUND =
            """
            SELECT t.position, i.profile_id, w.address_field, %s,
              c.consent_record_id AS id, c.channel, c.purpose, c.topic, c.state AS said, c.source, c.time
            FROM unnest(:workspaces, :namespaces, :keys, :channels, :purposes, :topics)
              WITH ORDINALITY AS t (workspace, namespace, key, channel, purpose, topic, position)
            LEFT JOIN LATERAL (
              SELECT k.profile_id
              FROM profile_identity k
              WHERE k.workspace_id = t.workspace AND k.namespace = t.namespace AND k.value = t.key
              OFFSET 0
            ) AS i ON true
            LEFT JOIN LATERAL (
              SELECT * FROM profile k WHERE k.profile_id = i.profile_id OFFSET 0
            ) AS p ON true
            CROSS JOIN LATERAL (
              SELECT k.address_field FROM workspace k WHERE k.workspace_id = t.workspace OFFSET 0
            ) AS w
            LEFT JOIN LATERAL (
              SELECT k.channel, k.purpose, k.topic, k.state, k.source, k.time, k.consent_record_id
              FROM profile_consent k
              WHERE k.profile_id = i.profile_id
                AND k.channel IN ('ANY', t.channel) AND k.purpose = t.purpose AND k.topic IN ('', t.topic)
              OFFSET 0
            ) AS c ON true
            """
                    .formatted(ProfileRows.DECISIVE);

    /// @param person absent when the identity points at nobody: the call may carry what the field
    ///   of the workspace holds
    /// @param consents what counts of what the person said about such messages
    /// @param addressField which attribute the workspace takes addresses from; empty for none
    record Known(@Nullable KnownPerson person, List<Consent> consents, String addressField) {}

    private KnownRows() {}

    /// Mostly nobody.
    static Map<Subject, Known> load(Store store, List<Subject> subjects) {
        List<Subject> needed = subjects.stream().filter(Subject::needsPerson).distinct().toList();
        return needed.isEmpty() ? Map.of() : store.inStatement(handle -> find(handle, needed));
    }

    private static Map<Subject, Known> find(Handle handle, List<Subject> needed) {
        Map<Subject, Known> people = HashMap.newHashMap(needed.size());
        handle.createQuery(FOUND)
                .bind("workspaces", SqlArrays.texts(needed, s -> s.occasion().workspace().value()))
                .bind("namespaces", SqlArrays.texts(needed, s -> s.identity().namespace()))
                .bind("keys", SqlArrays.texts(needed, s -> s.identity().value()))
                .bind("channels", SqlArrays.texts(needed, s -> s.occasion().channel().name()))
                .bind("purposes", SqlArrays.texts(needed, s -> s.occasion().purpose().name()))
                .bind("topics", SqlArrays.texts(needed, s -> s.occasion().topic()))
                .map((row, _) -> {
                    add(people, needed.get(row.getInt("position") - 1), row);
                    return people;
                })
                .list();
        return people;
    }

    /// A row for each consent, or one for a person who said nothing, or for nobody.
    private static void add(Map<Subject, Known> people, Subject subject, ResultSet row)
            throws SQLException {
        Known known = people.get(subject);
        if (known == null) {
            known = known(row);
            people.put(subject, known);
        }
        if (row.getObject("id") != null) {
            known.consents().add(consent(row));
        }
    }

    private static Known known(ResultSet row) throws SQLException {
        UUID id = row.getObject("profile_id", UUID.class);
        return new Known(
                id == null ? null : new KnownPerson(new ProfileId(id), ProfileRows.decisive(row)),
                new ArrayList<>(1),
                row.getString("address_field"));
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
