package io.campanile.persistence.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Forgetting what somebody said touches their rows, however many people there are, and recording
/// what they say a few of them, however much they said.
class ConsentPlansIT {
    private static final int PEOPLE = 3_000;
    private static final long MOST_READS = 20;
    private static final WorkspaceId CROWDED = new WorkspaceId("crowded");
    private static final WorkspaceId TALKATIVE = new WorkspaceId("talkative");

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String PEOPLE_CONSENT =
            """
            WITH people AS MATERIALIZED (
              SELECT md5('profile ' || n)::uuid AS profile_id, md5('consent ' || n)::uuid AS record_id,
                md5('of address ' || n)::uuid AS address_record_id, 'p' || n || '@example.com' AS address
              FROM generate_series(1, :people) AS n
            ), profiles AS (
              INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale, time_zone, version,
                create_time, update_time)
              SELECT profile_id, :workspace, '{}', '{}', '', '', 1, now(), now()
              FROM people
            ), records AS (
              INSERT INTO consent_record (consent_record_id, workspace_id, profile_id, address, channel, purpose, topic,
                state, source, proof, actor, time, record_time)
              SELECT record_id, :workspace, profile_id, NULL, 'EMAIL', 'MARKETING', '', 'GRANTED', '', '', 'test', now(), now()
              FROM people
              UNION ALL
              SELECT address_record_id, :workspace, NULL, address, 'EMAIL', 'MARKETING', '', 'GRANTED', '', '', 'test', now(), now()
              FROM people
            ), consents AS (
              INSERT INTO profile_consent (profile_id, channel, purpose, topic, state, source, time, consent_record_id)
              SELECT profile_id, 'EMAIL', 'MARKETING', '', 'GRANTED', '', now(), record_id
              FROM people
            )
            INSERT INTO address_consent (workspace_id, address, channel, purpose, topic, state, source, time,
              consent_record_id)
            SELECT :workspace, address, 'EMAIL', 'MARKETING', '', 'GRANTED', '', now(), address_record_id
            FROM people
            """;

    @Test
    void forgetsByKeys() {
        STORE.givenWorkspace(CROWDED);
        var consents = new JdbiConsents(STORE.database().store());
        STORE.database()
                .store()
                .inTransaction(handle ->
                        handle.createUpdate(PEOPLE_CONSENT)
                                .bind("people", PEOPLE)
                                .bind("workspace", CROWDED.value())
                                .execute());
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.execute("ANALYZE consent_record, profile_consent, address_consent"));

        long read =
                STORE.database()
                        .store()
                        .inTransaction(handle -> {
                            consents.forget(CROWDED, new ConsentSubject.OfProfile(profile(handle)));
                            consents.forget(
                                    CROWDED,
                                    new ConsentSubject.OfAddress(
                                            new EmailAddress("p97@example.com")));
                            return rowsRead(handle);
                        });

        assertThat(read).isBetween(4L, MOST_READS);
    }

    private static final String LONG_HISTORY =
            """
            INSERT INTO consent_record (consent_record_id, workspace_id, address, channel, purpose, topic, state, source,
              proof, actor, time, record_time)
            SELECT gen_random_uuid(), :workspace, 'talker@example.com', 'EMAIL', 'MARKETING', '',
              CASE n % 3 WHEN 0 THEN 'GRANTED' WHEN 1 THEN 'DENIED' ELSE 'PENDING' END, '', '', 'test',
              now() - n * interval '1 hour', now()
            FROM generate_series(1, :records) AS n
            """;

    @Test
    void looksAtAFewRecordsOfALongHistory() {
        STORE.givenWorkspace(TALKATIVE);
        Store store = STORE.database().store();
        store.inTransaction(handle ->
                handle.createUpdate(LONG_HISTORY)
                        .bind("records", PEOPLE)
                        .bind("workspace", TALKATIVE.value())
                        .execute());
        store.inStatement(handle -> handle.execute("ANALYZE consent_record"));
        var said =
                new ConsentRecord(
                        new ConsentRecordId(UUID.randomUUID()),
                        TALKATIVE,
                        new ConsentSubject.OfAddress(new EmailAddress("talker@example.com")),
                        new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, ""),
                        ConsentState.GRANTED,
                        "",
                        "",
                        Actor.SYSTEM,
                        Instant.EPOCH,
                        Instant.EPOCH);
        var consents = new JdbiConsents(store);

        long read =
                store.inTransaction(handle -> {
                    assertThat(consents.before(TALKATIVE, List.of(said))).isNotEmpty();
                    return rowsRead(handle);
                });

        assertThat(read).isBetween(1L, MOST_READS);
    }

    private static ProfileId profile(Handle handle) {
        return new ProfileId(
                handle.createQuery("SELECT md5('profile 97')::uuid").mapTo(UUID.class).one());
    }

    private static long rowsRead(Handle handle) {
        return RowsRead.soFar(handle, "consent_record|profile_consent|address_consent");
    }
}
