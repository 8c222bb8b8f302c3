package io.campanile.persistence.eligibility;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.Store;
import io.campanile.persistence.consent.ConsentRows;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Facts about recipients on PostgreSQL, each found by its key. Only what there is comes back:
/// about most people, nothing was said.
public final class JdbiFactSource implements FactSource {
    private static final String FOUND =
            """
            WITH wanted AS MATERIALIZED (
              SELECT *
              FROM unnest(:workspaces, :namespaces, :keys, :addresses, :domains)
                WITH ORDINALITY AS t (workspace, namespace, key, address, domain, position)
            )
            SELECT t.position, 'ADDRESS' AS kind, s.suppression_id AS id, NULL AS channel, NULL AS purpose, NULL AS topic,
              s.reason AS said, s.note AS source, s.create_time AS time, s.expire_time
            FROM wanted t
            CROSS JOIN LATERAL (
              SELECT * FROM suppression k WHERE k.workspace_id = t.workspace AND k.target = t.address OFFSET 0
            ) AS s
            UNION ALL
            SELECT t.position, 'DOMAIN', s.suppression_id, NULL, NULL, NULL, s.reason, s.note, s.create_time, s.expire_time
            FROM wanted t
            CROSS JOIN LATERAL (
              SELECT * FROM suppression k WHERE k.workspace_id = t.workspace AND k.target = t.domain OFFSET 0
            ) AS s
            UNION ALL
            SELECT t.position, 'PROFILE_CONSENT', c.consent_record_id, c.channel, c.purpose, c.topic, c.state, c.source,
              c.time, NULL
            FROM wanted t
            CROSS JOIN LATERAL (
              SELECT k.profile_id
              FROM profile_identity k
              WHERE k.workspace_id = t.workspace AND k.namespace = t.namespace AND k.value = t.key
              OFFSET 0
            ) AS p
            CROSS JOIN LATERAL (
              SELECT * FROM profile_consent k WHERE k.profile_id = p.profile_id OFFSET 0
            ) AS c
            UNION ALL
            SELECT t.position, 'ADDRESS_CONSENT', c.consent_record_id, c.channel, c.purpose, c.topic, c.state, c.source,
              c.time, NULL
            FROM wanted t
            CROSS JOIN LATERAL (
              SELECT * FROM address_consent k WHERE k.workspace_id = t.workspace AND k.address = t.address OFFSET 0
            ) AS c
            """;

    private static final String SENDING_WHEN_UNSET =
            """
            SELECT workspace_id
            FROM workspace
            WHERE workspace_id = ANY (:workspaces) AND emails_when_unset
            """;

    private final Store store;

    public JdbiFactSource(Store store) {
        this.store = store;
    }

    private enum Kind {
        ADDRESS,
        DOMAIN,
        PROFILE_CONSENT,
        ADDRESS_CONSENT
    }

    /// @param address in the form addresses are compared in
    private record Wanted(Subject subject, String workspace, String address) {
        static Wanted of(Subject subject) {
            return new Wanted(
                    subject,
                    subject.occasion().workspace().value(),
                    subject.address().comparable());
        }

        String domain() {
            return address.substring(address.lastIndexOf('@') + 1);
        }

        Identity identity() {
            return subject.identity();
        }
    }

    @Override
    public List<Facts> load(List<Subject> subjects) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        List<Wanted> wanted = subjects.stream().map(Wanted::of).toList();
        return store.inStatement(handle -> {
            Set<String> sending = sendingWhenUnset(handle, wanted);
            List<Gathered> gathered = gather(handle, wanted);
            List<Facts> facts = new ArrayList<>(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                Occasion occasion = wanted.get(i).subject().occasion();
                boolean sends = sending.contains(occasion.workspace().value());
                facts.add(gathered.get(i).facts(occasion, sends));
            }
            return facts;
        });
    }

    /// What was found about one subject.
    private static final class Gathered {
        private final List<Consent> ofProfile = new ArrayList<>(0);
        private final List<Consent> ofAddress = new ArrayList<>(0);
        private @Nullable Suppression address;
        private @Nullable Suppression domain;

        void add(Wanted wanted, ResultSet row) throws SQLException {
            switch (Kind.valueOf(row.getString("kind"))) {
                case ADDRESS -> address = suppression(wanted, wanted.address(), row);
                case DOMAIN -> domain = suppression(wanted, wanted.domain(), row);
                case PROFILE_CONSENT -> ofProfile.add(consent(row));
                case ADDRESS_CONSENT -> ofAddress.add(consent(row));
            }
        }

        Facts facts(Occasion occasion, boolean sendsWhenUnset) {
            return new Facts(occasion, sendsWhenUnset, ofProfile, ofAddress, address, domain);
        }
    }

    private static List<Gathered> gather(Handle handle, List<Wanted> wanted) {
        List<Gathered> gathered = Stream.generate(Gathered::new).limit(wanted.size()).toList();
        handle.createQuery(FOUND)
                .bind("workspaces", SqlArrays.texts(wanted, Wanted::workspace))
                .bind("namespaces", SqlArrays.texts(wanted, w -> w.identity().namespace()))
                .bind("keys", SqlArrays.texts(wanted, w -> w.identity().value()))
                .bind("addresses", SqlArrays.texts(wanted, Wanted::address))
                .bind("domains", SqlArrays.texts(wanted, Wanted::domain))
                .map((row, _) -> {
                    int position = row.getInt("position") - 1;
                    gathered.get(position).add(wanted.get(position), row);
                    return position;
                })
                .list();
        return gathered;
    }

    private static Suppression suppression(Wanted wanted, String target, ResultSet row)
            throws SQLException {
        return new Suppression(
                new SuppressionId(row.getObject("id", UUID.class)),
                wanted.subject().occasion().workspace(),
                new SuppressionTarget(target),
                SuppressionReason.valueOf(row.getString("said")),
                row.getString("source"),
                StateRows.time(row, "time"),
                StateRows.optionalTime(row, "expire_time"));
    }

    private static Consent consent(ResultSet row) throws SQLException {
        return new Consent(
                new ConsentRecordId(row.getObject("id", UUID.class)),
                ConsentRows.level(row),
                ConsentState.valueOf(row.getString("said")),
                row.getString("source"),
                StateRows.time(row, "time"));
    }

    /// Asked for marketing only: nothing else needs consent.
    private static Set<String> sendingWhenUnset(Handle handle, List<Wanted> wanted) {
        Set<String> workspaces = new HashSet<>();
        for (Wanted next : wanted) {
            if (next.subject().occasion().purpose() == Purpose.MARKETING) {
                workspaces.add(next.workspace());
            }
        }
        return workspaces.isEmpty()
                ? Set.of()
                : handle.createQuery(SENDING_WHEN_UNSET)
                        .bind("workspaces", SqlArrays.texts(workspaces, text -> text))
                        .mapTo(String.class)
                        .set();
    }
}
