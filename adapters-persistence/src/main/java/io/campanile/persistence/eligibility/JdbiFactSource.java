package io.campanile.persistence.eligibility;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.consent.ConsentRows;
import io.campanile.persistence.suppression.SuppressionRows;

import org.jdbi.v3.core.Handle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Facts about recipients on PostgreSQL, each found by its key. Only what there is comes back:
/// about most people, nothing was said.
public final class JdbiFactSource implements FactSource {
    private static final String SUPPRESSIONS =
            """
            SELECT t.position, %s
            FROM unnest(:workspaces, :targets) WITH ORDINALITY AS t (workspace, wanted, position)
            CROSS JOIN LATERAL (
              SELECT *
              FROM suppression k
              WHERE k.workspace_id = t.workspace AND k.target = t.wanted
              OFFSET 0
            ) AS s
            """
                    .formatted(SuppressionRows.COLUMNS);

    private static final String CONSENTS =
            """
            SELECT t.position, true AS of_profile, c.channel, c.purpose, c.topic, c.state, c.source, c.time,
              c.consent_record_id
            FROM unnest(:workspaces, :namespaces, :keys) WITH ORDINALITY AS t (workspace, namespace, key, position)
            CROSS JOIN LATERAL (
              SELECT k.profile_id
              FROM profile_identity k
              WHERE k.workspace_id = t.workspace AND k.namespace = t.namespace AND k.value = t.key
              OFFSET 0
            ) AS p
            CROSS JOIN LATERAL (
              SELECT *
              FROM profile_consent k
              WHERE k.profile_id = p.profile_id
              OFFSET 0
            ) AS c
            UNION ALL
            SELECT t.position, false, c.channel, c.purpose, c.topic, c.state, c.source, c.time, c.consent_record_id
            FROM unnest(:workspaces, :addresses) WITH ORDINALITY AS t (workspace, wanted, position)
            CROSS JOIN LATERAL (
              SELECT *
              FROM address_consent k
              WHERE k.workspace_id = t.workspace AND k.address = t.wanted
              OFFSET 0
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

    /// @param address in the form addresses are compared in
    private record Wanted(Subject subject, String workspace, EmailAddress address) {
        static Wanted of(Subject subject) {
            return new Wanted(
                    subject,
                    subject.occasion().workspace().value(),
                    new EmailAddress(subject.address().comparable()));
        }

        String domain() {
            return SuppressionTarget.domainOf(address).value();
        }
    }

    private record Key(int position, boolean first) {}

    private record Found<T>(Key key, T value) {}

    @Override
    public List<Facts> load(List<Subject> subjects) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        List<Wanted> wanted = subjects.stream().map(Wanted::of).toList();
        return store.inStatement(handle -> {
            Map<Key, Suppression> suppressions = suppressions(handle, wanted);
            Map<Key, List<Consent>> consents = consents(handle, wanted);
            Set<String> sending = sendingWhenUnset(handle, wanted);
            List<Facts> facts = new ArrayList<>(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                facts.add(
                        new Facts(
                                wanted.get(i).subject().occasion(),
                                sending.contains(wanted.get(i).workspace()),
                                consents.getOrDefault(new Key(i, true), List.of()),
                                consents.getOrDefault(new Key(i, false), List.of()),
                                suppressions.get(new Key(i, true)),
                                suppressions.get(new Key(i, false))));
            }
            return facts;
        });
    }

    /// By position; those of addresses come first.
    private static Map<Key, Suppression> suppressions(Handle handle, List<Wanted> wanted) {
        List<String> workspaces = new ArrayList<>(2 * wanted.size());
        List<String> targets = new ArrayList<>(2 * wanted.size());
        for (Wanted next : wanted) {
            workspaces.add(next.workspace());
            targets.add(next.address().value());
            workspaces.add(next.workspace());
            targets.add(next.domain());
        }
        Map<Key, Suppression> byKey = new HashMap<>();
        handle.createQuery(SUPPRESSIONS)
                .bind("workspaces", SqlArrays.texts(workspaces, text -> text))
                .bind("targets", SqlArrays.texts(targets, text -> text))
                .map((row, _) -> {
                    int position = row.getInt("position") - 1;
                    var key = new Key(position / 2, position % 2 == 0);
                    return new Found<>(key, SuppressionRows.suppression(row));
                })
                .forEach(found -> byKey.put(found.key(), found.value()));
        return byKey;
    }

    /// By position; those of profiles come first.
    private static Map<Key, List<Consent>> consents(Handle handle, List<Wanted> wanted) {
        Map<Key, List<Consent>> byKey = new HashMap<>();
        handle.createQuery(CONSENTS)
                .bind("workspaces", SqlArrays.texts(wanted, Wanted::workspace))
                .bind(
                        "namespaces",
                        SqlArrays.texts(wanted, w -> w.subject().identity().namespace()))
                .bind("keys", SqlArrays.texts(wanted, w -> w.subject().identity().value()))
                .bind("addresses", SqlArrays.texts(wanted, w -> w.address().value()))
                .map((row, _) ->
                        new Found<>(
                                new Key(row.getInt("position") - 1, row.getBoolean("of_profile")),
                                ConsentRows.consent(row)))
                .forEach(found ->
                        byKey.computeIfAbsent(found.key(), _ -> new ArrayList<>())
                                .add(found.value()));
        return byKey;
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
