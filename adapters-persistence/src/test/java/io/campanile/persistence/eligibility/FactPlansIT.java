package io.campanile.persistence.eligibility;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.eligibility.port.RuleSubject;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Database;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.suppression.JdbiSuppressions;
import io.campanile.testkit.secret.InMemoryKeptKeys;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// The statements for the facts are as few for many people as for one, and touch the rows they are
/// about, however many people there have come to be since they were planned.
class FactPlansIT {
    private static final int BATCH = 10;

    /// More are read in halves.
    private static final int PEOPLE_OF_ONE_STATEMENT = 250;

    private static final int PEOPLE = 3_000;
    private static final int MOST_READS_FOR_A_PERSON = 14;
    private static final WorkspaceId CROWDED = new WorkspaceId("crowded");
    private static final WorkspaceId MANY = new WorkspaceId("many");
    private static final WorkspaceId SHARED = new WorkspaceId("shared");
    private static final WorkspaceId ERASING = new WorkspaceId("erasing");

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    /// Everything that can be known about everybody.
    private static final String PEOPLE_ARRIVE =
            """
            WITH people AS MATERIALIZED (
              SELECT n, md5('profile ' || n)::uuid AS profile_id, md5('consent ' || n)::uuid AS record_id,
                'p' || n || '@example.com' AS address
              FROM generate_series(1, :people) AS n
            ), profiles AS (
              INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale, time_zone, version,
                create_time, update_time)
              SELECT profile_id, :workspace, '{}', '{}', '', '', 1, now(), now()
              FROM people
            ), identities AS (
              INSERT INTO profile_identity (workspace_id, namespace, value, profile_id, number)
              SELECT :workspace, 'email', address, profile_id, 0
              FROM people
            ), records AS (
              INSERT INTO consent_record (consent_record_id, workspace_id, profile_id, channel, purpose, topic, state, source,
                proof, actor, time, record_time)
              SELECT record_id, :workspace, profile_id, 'EMAIL', 'MARKETING', '', 'GRANTED', '', '', 'test', now(), now()
              FROM people
            ), consents AS (
              INSERT INTO profile_consent (profile_id, channel, purpose, topic, state, source, time, consent_record_id)
              SELECT profile_id, 'EMAIL', 'MARKETING', '', 'GRANTED', '', now(), record_id
              FROM people
            ), address_consents AS (
              INSERT INTO address_consent (workspace_id, address, channel, purpose, topic, state, source, time,
                consent_record_id)
              SELECT :workspace, address, 'EMAIL', 'MARKETING', '', 'GRANTED', '', now(), record_id
              FROM people
            )
            INSERT INTO suppression (suppression_id, workspace_id, target, reason, note, create_time)
            SELECT md5('suppression ' || n)::uuid, :workspace, address, 'MANUAL', '', now()
            FROM people
            """;

    private static final String TABLES =
            "workspace|profile|profile_identity|profile_consent|address_consent|suppression"
                    + "|allowed_entry";

    @Test
    void loadTheFactsByTheirKeys() {
        STORE.givenWorkspace(CROWDED);
        // One connection, so that the statement keeps the plan it got for empty tables.
        try (var database = new Database(STORE.settings("plans", 1, 1))) {
            var source = new JdbiFactSource(database.hot(), InMemoryKeptKeys.pseudonyms());
            source.load(batch());
            database.store()
                    .inTransaction(handle ->
                            handle.createUpdate(PEOPLE_ARRIVE)
                                    .bind("people", PEOPLE)
                                    .bind("workspace", CROWDED.value())
                                    .execute());

            long read =
                    RowsRead.by(
                            database.hot(),
                            TABLES,
                            () ->
                                    assertThat(source.load(batch()))
                                            .allSatisfy(FactPlansIT::isWhole));

            assertThat(read).isBetween(5L * BATCH, (long) BATCH * MOST_READS_FOR_A_PERSON);
        }
    }

    @Test
    void takesAStatementForManyAndOneMoreWhereWhoTheyAreMatters() {
        STORE.givenWorkspace(MANY);
        var statements = new AtomicInteger();
        var store = counting(statements);
        var facts = new JdbiFactSource(store, InMemoryKeptKeys.pseudonyms());

        assertThat(facts.load(people(MANY, false))).hasSize(PEOPLE_OF_ONE_STATEMENT);
        assertThat(statements.getAndSet(0)).isEqualTo(1);
        assertThat(facts.load(people(MANY, true))).hasSize(PEOPLE_OF_ONE_STATEMENT);
        assertThat(statements.getAndSet(0)).isEqualTo(2);
        assertThat(
                        new JdbiRuleSource(store)
                                .load(people(MANY, true).stream().map(RuleSubject::of).toList()))
                .hasSize(PEOPLE_OF_ONE_STATEMENT);
        assertThat(statements.get()).isEqualTo(1);
    }

    @Test
    void takesAStatementMoreTheFirstTimeThatSomebodyWasErased() {
        STORE.givenWorkspace(ERASING);
        var statements = new AtomicInteger();
        var pseudonyms = InMemoryKeptKeys.pseudonyms();
        var facts = new JdbiFactSource(counting(statements), pseudonyms);
        List<Subject> people = people(ERASING, false);
        facts.load(people);
        assertThat(statements.getAndSet(0)).isEqualTo(1);

        var erased = pseudonyms.of(ERASING, new EmailAddress("p7@example.com"));
        var suppressions = new JdbiSuppressions(STORE.database().store());
        var time = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(enter(suppressions, aSuppression(erased, time).in(ERASING).build())).isTrue();

        assertThat(facts.load(people).get(7).addressSuppression()).isNotNull();
        assertThat(statements.getAndSet(0)).isEqualTo(2);
        assertThat(facts.load(people).get(7).addressSuppression()).isNotNull();
        assertThat(statements.get()).isEqualTo(1);
    }

    /// As many look-ups as people are of the addresses, which nothing can spare.
    @Test
    void looksOnceAtADomainAndAWorkspaceThatManyShare() {
        STORE.givenWorkspace(SHARED);
        Store hot = STORE.database().hot();
        var source = new JdbiFactSource(hot, InMemoryKeptKeys.pseudonyms());

        long looks =
                RowsRead.andLooksBy(
                        hot,
                        "workspace|suppression",
                        () ->
                                assertThat(source.load(people(SHARED, true)))
                                        .hasSize(PEOPLE_OF_ONE_STATEMENT));

        assertThat(looks).isBetween(250L, 300L);
    }

    private static Store counting(AtomicInteger statements) {
        return new Store(
                Jdbi.create(STORE.database().dataSource())
                        .setSqlLogger(
                                new SqlLogger() {
                                    @Override
                                    public void logBeforeExecution(StatementContext context) {
                                        statements.incrementAndGet();
                                    }
                                }));
    }

    private static List<Subject> people(WorkspaceId workspace, boolean readsProfile) {
        return IntStream.range(0, PEOPLE_OF_ONE_STATEMENT)
                .mapToObj(number -> subject(workspace, "p" + number + "@example.com", readsProfile))
                .toList();
    }

    private static Subject subject(WorkspaceId workspace, String address, boolean readsProfile) {
        return new Subject(
                new Occasion(workspace, Channel.EMAIL, Purpose.MARKETING, "news"),
                List.of(),
                new Identity(Identity.EMAIL, address),
                new EmailAddress(address),
                readsProfile,
                null);
    }

    private static void isWhole(Facts facts) {
        assertThat(facts.addressee().person()).isNotNull();
        assertThat(facts.profileConsents()).hasSize(1);
        assertThat(facts.addressConsents()).hasSize(1);
        assertThat(facts.addressSuppression()).isNotNull();
    }

    private static List<Subject> batch() {
        return IntStream.rangeClosed(1, BATCH)
                .mapToObj(number -> "p" + number * 97 + "@example.com")
                .map(address -> subject(CROWDED, address, true))
                .toList();
    }
}
