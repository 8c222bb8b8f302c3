package io.campanile.persistence.eligibility;

import io.campanile.application.eligibility.port.RuleSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.ruleset.RuleSetRows;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Rule sets and reservations on PostgreSQL, each found by its key.
public final class JdbiRuleSource implements RuleSource {
    /// A message that does not exist.
    private static final UUID NOTHING = new UUID(0, 0);

    private static final String FOUND =
            """
            WITH wanted AS MATERIALIZED (
              SELECT *
              FROM unnest(:workspaces, :ruleSets, :namespaces, :keys, :strangers, :messages)
                WITH ORDINALITY AS t (workspace, rule_sets, namespace, key, stranger, message, position)
            ), in_force AS MATERIALIZED (
              SELECT k.*, z.time_zone
              FROM (SELECT DISTINCT workspace FROM wanted) AS w
              CROSS JOIN LATERAL (
                SELECT * FROM rule_set s WHERE s.workspace_id = w.workspace AND s.state = 'ACTIVE' OFFSET 0
              ) AS k
              CROSS JOIN LATERAL (
                SELECT s.time_zone FROM workspace s WHERE s.workspace_id = w.workspace OFFSET 0
              ) AS z
            )
            SELECT t.position, p.profile_id, p.time_zone AS profile_zone, r.time_zone AS workspace_zone, x.channels, x.times,
              %s
            FROM wanted t
            JOIN in_force r ON r.workspace_id = t.workspace
              AND (r.scope = 'EVERY_CAMPAIGN' OR r.chosen_id = ANY (string_to_array(t.rule_sets, ',')))
            LEFT JOIN LATERAL (
              SELECT k.profile_id, f.time_zone
              FROM profile_identity k
              CROSS JOIN LATERAL (
                SELECT s.time_zone FROM profile s WHERE s.profile_id = k.profile_id OFFSET 0
              ) AS f
              WHERE k.workspace_id = t.workspace AND k.namespace = t.namespace AND k.value = t.key
              OFFSET 0
            ) AS p ON true
            CROSS JOIN LATERAL (
              SELECT array_agg(c.channel) AS channels, array_agg(extract(epoch FROM f.reserve_time)) AS times
              FROM unnest(r.capped_channels) AS c (channel)
              CROSS JOIN LATERAL (
                SELECT k.reserve_time
                FROM frequency_reservation k
                WHERE k.person = ANY (ARRAY[t.stranger, p.profile_id]) AND k.rule_set_id = r.rule_set_id
                  AND k.channel = c.channel AND k.message_id <> t.message
                ORDER BY k.reserve_time DESC
                LIMIT r.largest_cap
              ) AS f
            ) AS x
            """
                    .formatted(RuleSetRows.COLUMNS);

    private final Store store;

    public JdbiRuleSource(Store store) {
        this.store = store;
    }

    /// @param stranger who the identity is while it points at nobody
    private record Wanted(Subject subject, PersonKey stranger) {
        static Wanted of(Subject subject) {
            return new Wanted(subject, PersonKey.of(workspace(subject), subject.identity()));
        }

        private static WorkspaceId workspace(Subject subject) {
            return subject.occasion().workspace();
        }

        String workspace() {
            return workspace(subject).value();
        }

        UUID message() {
            MessageId message = subject.message();
            return message == null ? NOTHING : message.value();
        }
    }

    @Override
    public List<RuleFacts> load(List<Subject> subjects) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        List<Wanted> wanted = subjects.stream().map(Wanted::of).toList();
        return store.inStatement(handle -> find(handle, wanted)).stream()
                .map(Gathered::facts)
                .toList();
    }

    private static List<Gathered> find(Handle handle, List<Wanted> wanted) {
        List<Gathered> found = Stream.generate(Gathered::new).limit(wanted.size()).toList();
        Map<UUID, RuleSet> ruleSets = new HashMap<>();
        handle.createQuery(FOUND)
                .bind("workspaces", SqlArrays.texts(wanted, Wanted::workspace))
                .bind(
                        "ruleSets",
                        SqlArrays.texts(wanted, w -> String.join(",", w.subject().ruleSets())))
                .bind(
                        "namespaces",
                        SqlArrays.texts(wanted, w -> w.subject().identity().namespace()))
                .bind("keys", SqlArrays.texts(wanted, w -> w.subject().identity().value()))
                .bind("strangers", SqlArrays.uuids(wanted, w -> w.stranger().value()))
                .bind("messages", SqlArrays.uuids(wanted, Wanted::message))
                .map((row, _) -> {
                    int position = row.getInt("position") - 1;
                    found.get(position).add(wanted.get(position), ruleSet(ruleSets, row), row);
                    return position;
                })
                .list();
        return found;
    }

    private static RuleSet ruleSet(Map<UUID, RuleSet> known, ResultSet row) throws SQLException {
        UUID id = row.getObject("rule_set_id", UUID.class);
        RuleSet ruleSet = known.get(id);
        if (ruleSet == null) {
            ruleSet = RuleSetRows.ruleSet(row);
            known.put(id, ruleSet);
        }
        return ruleSet;
    }

    /// What was found about one subject.
    private static final class Gathered {
        private final List<RuleSetFacts> ruleSets = new ArrayList<>(1);
        private @Nullable PersonKey person;
        private ZoneId zone = ZoneOffset.UTC;

        void add(Wanted wanted, RuleSet ruleSet, ResultSet row) throws SQLException {
            UUID profile = row.getObject("profile_id", UUID.class);
            person = profile == null ? wanted.stranger() : new PersonKey(profile);
            zone = zone(row);
            ruleSets.add(RuleSetFacts.of(ruleSet, reservations(row)));
        }

        RuleFacts facts() {
            return ruleSets.isEmpty() ? RuleFacts.NONE : new RuleFacts(person, zone, ruleSets);
        }

        private static ZoneId zone(ResultSet row) throws SQLException {
            String ofProfile = row.getString("profile_zone");
            return RuleFacts.zone(
                    ofProfile == null ? "" : ofProfile, row.getString("workspace_zone"));
        }

        private static List<Reservation> reservations(ResultSet row) throws SQLException {
            Array channels = row.getArray("channels");
            if (channels == null) {
                return List.of();
            }
            String[] names = (String[]) channels.getArray();
            BigDecimal[] times = (BigDecimal[]) row.getArray("times").getArray();
            List<Reservation> reservations = new ArrayList<>(names.length);
            for (int i = 0; i < names.length; i++) {
                reservations.add(new Reservation(Channel.valueOf(names[i]), time(times[i])));
            }
            return reservations;
        }

        private static Instant time(BigDecimal seconds) {
            return Instant.EPOCH.plus(
                    seconds.movePointRight(6).longValueExact(), ChronoUnit.MICROS);
        }
    }
}
