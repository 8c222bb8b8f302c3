package io.campanile.persistence.eligibility;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.campanile.application.eligibility.port.RuleSource;
import io.campanile.application.eligibility.port.RuleSubject;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.ruleset.RuleSetRows;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Rule sets and reservations on PostgreSQL, each found by its key.
public final class JdbiRuleSource implements RuleSource {
    /// A message that does not exist.
    private static final UUID NOTHING = new UUID(0, 0);

    private static final String FOUND =
            Sql.of(JdbiRuleSource.class, "find-rules.sql", Map.of("ruleSet", RuleSetRows.COLUMNS));

    private final Store store;

    public JdbiRuleSource(Store store) {
        this.store = store;
    }

    /// @param stranger who the identity is while it points at nobody
    private record Wanted(RuleSubject asked, PersonKey stranger) {
        static Wanted of(RuleSubject asked) {
            Subject subject = asked.subject();
            return new Wanted(
                    asked, PersonKey.of(subject.occasion().workspace(), subject.identity()));
        }

        Subject subject() {
            return asked.subject();
        }

        String workspace() {
            return subject().occasion().workspace().value();
        }

        /// What the person is found by; absent when it is known who that is.
        @Nullable String key() {
            return asked.person() == null ? subject().identity().value() : null;
        }

        /// Who it is, as far as that is known.
        PersonKey person() {
            KnownPerson person = asked.person();
            return person == null ? stranger : PersonKey.of(person.id());
        }

        UUID message() {
            MessageId message = subject().message();
            return message == null ? NOTHING : message.value();
        }
    }

    @Override
    public List<RuleFacts> load(List<RuleSubject> subjects, Map<MessageId, ClaimEpoch> counted) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        List<Wanted> wanted = subjects.stream().map(Wanted::of).toList();
        Found found = store.inStatement(handle -> find(handle, wanted, counted));
        List<RuleFacts> rules = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            rules.add(found.gathered().get(i).facts(wanted.get(i), found));
        }
        return rules;
    }

    private static Found find(
            Handle handle, List<Wanted> wanted, Map<MessageId, ClaimEpoch> counted) {
        List<MessageId> messages = List.copyOf(counted.keySet());
        var found =
                new Found(
                        new HashMap<>(),
                        new HashMap<>(),
                        Stream.generate(Gathered::new).limit(wanted.size()).toList());
        handle.createQuery(FOUND)
                .bind("workspaces", SqlArrays.texts(wanted, Wanted::workspace))
                .bind(
                        "ruleSets",
                        SqlArrays.texts(wanted, w -> String.join(",", w.subject().ruleSets())))
                .bind(
                        "namespaces",
                        SqlArrays.texts(wanted, w -> w.subject().identity().namespace()))
                .bind("keys", SqlArrays.texts(wanted, Wanted::key))
                .bind("persons", SqlArrays.uuids(wanted, w -> w.person().value()))
                .bind("strangers", SqlArrays.uuids(wanted, w -> w.stranger().value()))
                .bind("messages", SqlArrays.uuids(wanted, Wanted::message))
                .bind("counted", SqlArrays.uuids(messages, MessageId::value))
                .bind(
                        "epochs",
                        SqlArrays.integers(
                                messages, message -> requireNonNull(counted.get(message)).value()))
                .map((row, _) -> {
                    found.add(row);
                    return found;
                })
                .list();
        return found;
    }

    /// @param zones the clocks of the workspaces that have rule sets
    /// @param gathered about each subject, in order
    private record Found(
            Map<UUID, RuleSet> ruleSets, Map<WorkspaceId, String> zones, List<Gathered> gathered) {
        void add(ResultSet row) throws SQLException {
            int position = row.getInt("position");
            if (position > 0) {
                gathered.get(position - 1).add(row);
                return;
            }
            RuleSet ruleSet = RuleSetRows.ruleSet(row);
            ruleSets.put(ruleSet.id().value(), ruleSet);
            zones.put(ruleSet.name().workspace(), row.getString("time_zone"));
        }
    }

    /// What was found about one subject.
    private static final class Gathered {
        private final Map<UUID, List<Reservation>> reserved = new LinkedHashMap<>(2);
        private @Nullable UUID profile;
        private @Nullable String zone;

        void add(ResultSet row) throws SQLException {
            profile = row.getObject("profile_id", UUID.class);
            zone = row.getString("time_zone");
            reserved.put(row.getObject("rule_set_id", UUID.class), reservations(row));
        }

        RuleFacts facts(Wanted wanted, Found found) {
            if (reserved.isEmpty()) {
                return RuleFacts.NONE;
            }
            List<RuleSetFacts> ruleSets = new ArrayList<>(reserved.size());
            reserved.forEach((id, reservations) ->
                    ruleSets.add(
                            RuleSetFacts.of(
                                    requireNonNull(found.ruleSets().get(id)), reservations)));
            String ofWorkspace =
                    found.zones().getOrDefault(wanted.subject().occasion().workspace(), "");
            return new RuleFacts(
                    profile == null ? wanted.person() : new PersonKey(profile),
                    RuleFacts.zone(zone(wanted), ofWorkspace),
                    ruleSets);
        }

        private String zone(Wanted wanted) {
            KnownPerson person = wanted.asked().person();
            return person == null ? requireNonNullElse(zone, "") : person.details().timeZone();
        }

        private static List<Reservation> reservations(ResultSet row) throws SQLException {
            Array channels = row.getArray("channels");
            if (channels == null) {
                return List.of();
            }
            String[] names = (String[]) channels.getArray();
            Long[] times = (Long[]) row.getArray("times").getArray();
            UUID[] messages = (UUID[]) row.getArray("messages").getArray();
            List<Reservation> reservations = new ArrayList<>(names.length);
            for (int i = 0; i < names.length; i++) {
                Instant time = Instant.EPOCH.plus(times[i], ChronoUnit.MICROS);
                reservations.add(
                        new Reservation(
                                new MessageId(messages[i]), Channel.valueOf(names[i]), time));
            }
            return reservations;
        }
    }
}
