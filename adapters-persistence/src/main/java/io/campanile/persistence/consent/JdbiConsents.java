package io.campanile.persistence.consent;

import io.campanile.application.consent.port.Consents;
import io.campanile.application.query.Query;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.ErasedNames;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.SqlQuery;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Consents on PostgreSQL: every record, and beside them what counts now.
public final class JdbiConsents implements Consents {
    private static final SqlList LISTS =
            new SqlList(Consents.FIELDS, Map.of("say_time", "r.time"), "r.consent_record_id::text");

    // Sorted, so that two transactions never wait for each other.
    private static final String LOCK =
            """
            SELECT count(pg_advisory_xact_lock(k.key))
            FROM (
              SELECT hashtextextended(concat_ws(' ', 'consent', cast(:workspace AS text), t.profile, t.address), 0) AS key
              FROM unnest(:profiles, :addresses) AS t (profile, address)
              ORDER BY key
            ) AS k
            """;

    private static final String ADD =
            """
            INSERT INTO consent_record (consent_record_id, workspace_id, profile_id, address, channel, purpose, topic,
              state, source, proof, actor, time, record_time)
            SELECT t.id, :workspace, t.profile::uuid, t.address, t.channel, t.purpose, t.topic,
              t.state, t.source, t.proof, t.actor, to_timestamp(t.time), to_timestamp(t.record_time)
            FROM unnest(:ids, :profiles, :addresses, :channels, :purposes, :topics, :states, :sources, :proofs, :actors,
                :times, :recordTimes)
              AS t (id, profile, address, channel, purpose, topic, state, source, proof, actor, time, record_time)
            """;

    private static final String COUNT_FOR_PROFILES =
            """
            INSERT INTO profile_consent (profile_id, channel, purpose, topic, state, source, time, consent_record_id)
            SELECT r.profile_id, r.channel, r.purpose, r.topic, r.state, r.source, r.time, r.consent_record_id
            FROM consent_record r
            WHERE r.consent_record_id = ANY (:counting) AND r.profile_id IS NOT NULL
            ORDER BY r.profile_id, r.channel, r.purpose, r.topic
            ON CONFLICT (profile_id, channel, purpose, topic) DO UPDATE
            SET state = excluded.state, source = excluded.source, time = excluded.time,
              consent_record_id = excluded.consent_record_id
            """;

    private static final String COUNT_FOR_ADDRESSES =
            """
            INSERT INTO address_consent (workspace_id, address, channel, purpose, topic, state, source, time,
              consent_record_id)
            SELECT r.workspace_id, r.address, r.channel, r.purpose, r.topic, r.state, r.source, r.time, r.consent_record_id
            FROM consent_record r
            WHERE r.consent_record_id = ANY (:counting) AND r.address IS NOT NULL
            ORDER BY r.address, r.channel, r.purpose, r.topic
            ON CONFLICT (workspace_id, address, channel, purpose, topic) DO UPDATE
            SET state = excluded.state, source = excluded.source, time = excluded.time,
              consent_record_id = excluded.consent_record_id
            """;

    private static final String UNCOUNT_PROFILE =
            "DELETE FROM profile_consent WHERE profile_id = :profile";

    private static final String UNCOUNT_ADDRESS =
            "DELETE FROM address_consent WHERE workspace_id = :workspace AND address = :address";

    private static final String FORGET =
            """
            DELETE FROM consent_record
            WHERE workspace_id = :workspace
              AND (profile_id = cast(:profile AS uuid) OR address = cast(:address AS text))
            """;

    private static final String SELECT =
            """
            SELECT r.consent_record_id, r.workspace_id, r.profile_id, r.address, r.channel, r.purpose, r.topic, r.state,
              r.source, r.proof, r.actor, r.time, r.record_time
            FROM consent_record r
            WHERE r.workspace_id = :workspace
            """;

    private static final String OF_PROFILE = SELECT + "AND r.profile_id = :profile ";

    private static final String OF_ADDRESS = SELECT + "AND r.address = :address ";

    private static final String NEWEST_OF_LEVEL =
            """
            AND r.channel = :channel AND r.purpose = :purpose AND r.topic = :topic
            ORDER BY r.time DESC
            LIMIT 1
            """;

    private static final String CURRENT_OF_PROFILE =
            OF_PROFILE
                    + """
                    AND r.consent_record_id = ANY (ARRAY(
                      SELECT c.consent_record_id FROM profile_consent c WHERE c.profile_id = :profile))
                    ORDER BY r.channel, r.purpose, r.topic
                    """;

    private static final String CURRENT_OF_ADDRESS =
            OF_ADDRESS
                    + """
                    AND r.consent_record_id = ANY (ARRAY(
                      SELECT c.consent_record_id FROM address_consent c
                      WHERE c.workspace_id = :workspace AND c.address = :address))
                    ORDER BY r.channel, r.purpose, r.topic
                    """;

    // Each name is looked up by its key, and none where the workspace has no such names.
    private static final String DENYING =
            """
            SELECT n.name
            FROM unnest(:names) AS n (name)
            CROSS JOIN LATERAL (
              SELECT k.state FROM address_consent k WHERE k.workspace_id = :workspace AND k.address = n.name OFFSET 0
            ) AS c
            WHERE c.state = 'DENIED' AND EXISTS (
              SELECT FROM address_consent e WHERE e.workspace_id = :workspace AND e.address LIKE %s)
            """
                    .formatted(ErasedNames.PATTERN);

    private final Store store;

    public JdbiConsents(Store store) {
        this.store = store;
    }

    @Override
    public Optional<ConsentRecord> find(WorkspaceId workspace, ConsentRecordId id) {
        return store.inStatement(handle ->
                handle.createQuery(SELECT + "AND r.consent_record_id = :id")
                        .bind("workspace", workspace.value())
                        .bind("id", id.value())
                        .map((row, _) -> ConsentRows.record(row))
                        .findOne());
    }

    @Override
    public List<ConsentRecord> lock(WorkspaceId workspace, ConsentSubject subject) {
        return store.inTransaction(_ -> {
            lock(workspace, List.of(subject));
            return current(workspace, subject);
        });
    }

    @Override
    public void lock(WorkspaceId workspace, Collection<ConsentSubject> subjects) {
        if (subjects.isEmpty()) {
            return;
        }
        var _ =
                store.inTransaction(handle ->
                        ConsentRows.bind(handle.createQuery(LOCK), workspace, subjects)
                                .mapTo(Long.class)
                                .one());
    }

    @Override
    public List<ConsentRecord> before(WorkspaceId workspace, Collection<ConsentRecord> said) {
        return said.isEmpty()
                ? List.of()
                : store.inStatement(handle -> BeforeRows.find(handle, workspace, said));
    }

    @Override
    public Optional<ConsentRecord> newest(
            WorkspaceId workspace, ConsentSubject subject, ConsentLevel level) {
        return store.inStatement(handle ->
                bind(handle.createQuery(all(subject) + NEWEST_OF_LEVEL), workspace, subject)
                        .bind("channel", ConsentRows.channel(level.channel()))
                        .bind("purpose", level.purpose().name())
                        .bind("topic", level.topic())
                        .map((row, _) -> ConsentRows.record(row))
                        .findOne());
    }

    private static String all(ConsentSubject subject) {
        return switch (subject) {
            case ConsentSubject.OfProfile _ -> OF_PROFILE;
            case ConsentSubject.OfAddress _ -> OF_ADDRESS;
        };
    }

    @Override
    public void add(Collection<ConsentRecord> records, Set<ConsentRecordId> counting) {
        if (records.isEmpty()) {
            return;
        }
        store.inTransaction(handle -> {
            int added = insert(handle, records);
            for (String count : statements(records, counting)) {
                handle.createUpdate(count)
                        .bind("counting", SqlArrays.uuids(counting, ConsentRecordId::value))
                        .execute();
            }
            return added;
        });
    }

    /// What lets those count that do.
    private static Set<String> statements(
            Collection<ConsentRecord> records, Set<ConsentRecordId> counting) {
        return records.stream()
                .filter(record -> counting.contains(record.id()))
                .map(record ->
                        switch (record.subject()) {
                            case ConsentSubject.OfProfile _ -> COUNT_FOR_PROFILES;
                            case ConsentSubject.OfAddress _ -> COUNT_FOR_ADDRESSES;
                        })
                .collect(Collectors.toSet());
    }

    private static int insert(Handle handle, Collection<ConsentRecord> records) {
        WorkspaceId workspace = records.iterator().next().workspace();
        return ConsentRows.bindRecords(handle.createUpdate(ADD), workspace, records)
                .bind("ids", SqlArrays.uuids(records, record -> record.id().value()))
                .bind("states", SqlArrays.texts(records, record -> record.state().name()))
                .bind("sources", SqlArrays.texts(records, ConsentRecord::source))
                .bind("proofs", SqlArrays.texts(records, ConsentRecord::proof))
                .bind("actors", SqlArrays.texts(records, record -> record.by().toString()))
                .bind("recordTimes", SqlArrays.times(records, ConsentRecord::recordTime))
                .execute();
    }

    private static final String MOVE =
            """
            UPDATE consent_record
            SET profile_id = :to
            WHERE workspace_id = :workspace AND profile_id = :profile
            """;

    private static final String COUNT_MOVED =
            """
            INSERT INTO profile_consent (profile_id, channel, purpose, topic, state, source, time, consent_record_id)
            SELECT :to, r.channel, r.purpose, r.topic, r.state, r.source, r.time, r.consent_record_id
            FROM consent_record r
            WHERE r.consent_record_id = ANY (:counting)
            ON CONFLICT (profile_id, channel, purpose, topic) DO UPDATE
            SET state = excluded.state, source = excluded.source, time = excluded.time,
              consent_record_id = excluded.consent_record_id
            """;

    @Override
    public void move(
            WorkspaceId workspace,
            ConsentSubject.OfProfile from,
            ConsentSubject.OfProfile to,
            Collection<ConsentRecordId> counting) {
        store.inTransaction(handle -> {
            uncount(handle, workspace, from);
            handle.createUpdate(MOVE)
                    .bind("workspace", workspace.value())
                    .bind("profile", from.profile().value())
                    .bind("to", to.profile().value())
                    .execute();
            return handle.createUpdate(COUNT_MOVED)
                    .bind("to", to.profile().value())
                    .bind("counting", SqlArrays.uuids(counting, ConsentRecordId::value))
                    .execute();
        });
    }

    private static void uncount(Handle handle, WorkspaceId workspace, ConsentSubject subject) {
        String counting =
                switch (subject) {
                    case ConsentSubject.OfProfile _ -> UNCOUNT_PROFILE;
                    case ConsentSubject.OfAddress _ -> UNCOUNT_ADDRESS;
                };
        bind(handle.createUpdate(counting), workspace, subject).execute();
    }

    @Override
    public void forget(WorkspaceId workspace, ConsentSubject subject) {
        store.inTransaction(handle -> {
            uncount(handle, workspace, subject);
            return bind(handle.createUpdate(FORGET), workspace, subject).execute();
        });
    }

    @Override
    public List<ConsentRecord> current(WorkspaceId workspace, ConsentSubject subject) {
        String query =
                switch (subject) {
                    case ConsentSubject.OfProfile _ -> CURRENT_OF_PROFILE;
                    case ConsentSubject.OfAddress _ -> CURRENT_OF_ADDRESS;
                };
        return store.inStatement(handle ->
                bind(handle.createQuery(query), workspace, subject)
                        .map((row, _) -> ConsentRows.record(row))
                        .list());
    }

    @Override
    public List<ConsentRecord> list(WorkspaceId workspace, ConsentSubject subject, Query query) {
        SqlQuery rest = LISTS.query(query);
        return store.inStatement(handle ->
                bind(handle.createQuery(all(subject) + rest.text()), workspace, subject)
                        .bindMap(rest.values())
                        .map((row, _) -> ConsentRows.record(row))
                        .list());
    }

    @Override
    public Set<EmailAddress> denying(WorkspaceId workspace, Collection<EmailAddress> names) {
        return store.inStatement(handle ->
                handle.createQuery(DENYING)
                        .bind("workspace", workspace.value())
                        .bind("names", SqlArrays.texts(names, EmailAddress::value))
                        .map((row, _) -> new EmailAddress(row.getString("name")))
                        .set());
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, WorkspaceId workspace, ConsentSubject subject) {
        statement.bind("workspace", workspace.value());
        return switch (subject) {
            case ConsentSubject.OfProfile(var profile) ->
                    statement
                            .bind("profile", profile.value())
                            .bindByType("address", null, String.class);
            case ConsentSubject.OfAddress(var address) ->
                    statement
                            .bindByType("profile", null, UUID.class)
                            .bind("address", address.value());
        };
    }
}
