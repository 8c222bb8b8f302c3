package io.campanile.persistence.consent;

import io.campanile.application.consent.ConsentLists;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.query.Query;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.SqlQuery;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Consents on PostgreSQL: every record, and beside them what counts now.
public final class JdbiConsents implements Consents {
    private static final SqlList LISTS =
            new SqlList(
                    ConsentLists.FIELDS,
                    Map.of("create_time", "r.time"),
                    "r.consent_record_id::text");

    private static final String LOCK =
            """
            SELECT count(pg_advisory_xact_lock(
              hashtextextended(concat_ws(' ', 'consent', :workspace, cast(:profile AS text), cast(:address AS text)), 0)))
            """;

    private static final String ADD =
            """
            INSERT INTO consent_record (consent_record_id, workspace_id, profile_id, address, channel, purpose, topic,
              state, source, proof, actor, time)
            VALUES (:id, :workspace, cast(:profile AS uuid), :address, :channel, :purpose, :topic,
              :state, :source, :proof, :actor, :time)
            """;

    private static final String COUNT_FOR_PROFILE =
            """
            INSERT INTO profile_consent (profile_id, channel, purpose, topic, state, source, time, consent_record_id)
            VALUES (:profile, :channel, :purpose, :topic, :state, :source, :time, :id)
            ON CONFLICT (profile_id, channel, purpose, topic) DO UPDATE
            SET state = excluded.state, source = excluded.source, time = excluded.time,
              consent_record_id = excluded.consent_record_id
            """;

    private static final String COUNT_FOR_ADDRESS =
            """
            INSERT INTO address_consent (workspace_id, address, channel, purpose, topic, state, source, time,
              consent_record_id)
            VALUES (:workspace, :address, :channel, :purpose, :topic, :state, :source, :time, :id)
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
              r.source, r.proof, r.actor, r.time
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
              SELECT FROM address_consent e WHERE e.workspace_id = :workspace AND e.address LIKE '%@erased.invalid')
            """;

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
                        .map((row, _) -> record(row))
                        .findOne());
    }

    @Override
    public List<ConsentRecord> lock(WorkspaceId workspace, ConsentSubject subject) {
        return store.inTransaction(handle -> {
            bind(handle.createQuery(LOCK), workspace, subject).mapTo(Long.class).one();
            return current(workspace, subject);
        });
    }

    @Override
    public Optional<ConsentRecord> newest(
            WorkspaceId workspace, ConsentSubject subject, ConsentLevel level) {
        return store.inStatement(handle ->
                bind(handle.createQuery(all(subject) + NEWEST_OF_LEVEL), workspace, subject)
                        .bind("channel", ConsentRows.channel(level.channel()))
                        .bind("purpose", level.purpose().name())
                        .bind("topic", level.topic())
                        .map((row, _) -> record(row))
                        .findOne());
    }

    private static String all(ConsentSubject subject) {
        return switch (subject) {
            case ConsentSubject.OfProfile _ -> OF_PROFILE;
            case ConsentSubject.OfAddress _ -> OF_ADDRESS;
        };
    }

    @Override
    public void add(ConsentRecord record, boolean counts) {
        store.inTransaction(handle -> {
            int added =
                    bind(handle.createUpdate(ADD), record)
                            .bind("proof", record.proof())
                            .bind("actor", record.by().toString())
                            .execute();
            return counts ? count(handle, record) : added;
        });
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
    public Set<EmailAddress> denying(WorkspaceId workspace, Collection<EmailAddress> names) {
        return store.inStatement(handle ->
                handle.createQuery(DENYING)
                        .bind("workspace", workspace.value())
                        .bind("names", SqlArrays.texts(names, EmailAddress::value))
                        .map((row, _) -> new EmailAddress(row.getString("name")))
                        .set());
    }

    private static int count(Handle handle, ConsentRecord record) {
        String count =
                switch (record.subject()) {
                    case ConsentSubject.OfProfile _ -> COUNT_FOR_PROFILE;
                    case ConsentSubject.OfAddress _ -> COUNT_FOR_ADDRESS;
                };
        return bind(handle.createUpdate(count), record).execute();
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
                        .map((row, _) -> record(row))
                        .list());
    }

    @Override
    public List<ConsentRecord> list(WorkspaceId workspace, ConsentSubject subject, Query query) {
        SqlQuery rest = LISTS.query(query);
        return store.inStatement(handle ->
                bind(handle.createQuery(all(subject) + rest.text()), workspace, subject)
                        .bindMap(rest.values())
                        .map((row, _) -> record(row))
                        .list());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, ConsentRecord record) {
        return bind(statement, record.workspace(), record.subject())
                .bind("id", record.id().value())
                .bind("channel", ConsentRows.channel(record.level().channel()))
                .bind("purpose", record.level().purpose().name())
                .bind("topic", record.level().topic())
                .bind("state", record.state().name())
                .bind("source", record.source())
                .bind("time", record.time());
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

    private static ConsentRecord record(ResultSet row) throws SQLException {
        UUID profile = row.getObject("profile_id", UUID.class);
        ConsentSubject subject =
                profile == null
                        ? new ConsentSubject.OfAddress(new EmailAddress(row.getString("address")))
                        : new ConsentSubject.OfProfile(new ProfileId(profile));
        return new ConsentRecord(
                ConsentRows.id(row),
                new WorkspaceId(row.getString("workspace_id")),
                subject,
                ConsentRows.level(row),
                ConsentRows.state(row),
                row.getString("source"),
                row.getString("proof"),
                new Actor(row.getString("actor")),
                RowTimes.time(row, "time"));
    }
}
