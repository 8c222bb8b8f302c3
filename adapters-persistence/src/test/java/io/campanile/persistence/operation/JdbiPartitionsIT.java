package io.campanile.persistence.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.Database;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.UuidTimes;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.operation.PartitionsContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class JdbiPartitionsIT extends PartitionsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String PARTITIONS_OF_DAY =
            """
            SELECT c.relname
            FROM pg_class c
            WHERE c.relkind = 'r' AND c.relname ~ ('_' || :day || '$')
            ORDER BY c.relname
            """;

    private final JdbiPartitions partitions = new JdbiPartitions(STORE.database().store());

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void makesEveryTablesPartitionsOnce() {
        Instant day = Instant.parse("2031-05-02T23:30:00Z");

        partitions.makeAhead(day, Period.ofDays(1));
        partitions.makeAhead(day, Period.ofDays(1));

        for (String made : List.of("20310501", "20310502", "20310503")) {
            assertThat(ofDay(made))
                    .containsExactly(
                            "execution_" + made,
                            "message_" + made,
                            "message_decision_" + made,
                            "message_event_" + made,
                            "message_receipt_" + made,
                            "message_secret_" + made,
                            "message_state_" + made);
        }
        assertThat(ofDay("20310504")).isEmpty();
    }

    /// By PostgreSQL's own measure a partition of today is analyzed every few seconds.
    @Test
    void makesPartitionsThatAreAnalyzedRarely() {
        partitions.makeAhead(Instant.parse("2033-05-02T00:00:00Z"), Period.ZERO);

        assertThat(rarelyAnalyzed("_20330502$")).containsExactlyElementsOf(ofDay("20330502"));
        assertThat(rarelyAnalyzed("^(message_queue|trigger_key|frequency_reservation)$"))
                .hasSize(3);
    }

    private static List<String> rarelyAnalyzed(String tables) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(
                                        """
                                        SELECT c.relname
                                        FROM pg_class c
                                        CROSS JOIN pg_options_to_table(c.reloptions) AS o
                                        WHERE c.relkind = 'r' AND c.relname ~ :tables
                                          AND CASE o.option_name WHEN 'autovacuum_analyze_threshold'
                                            THEN o.option_value::integer >= 50000 END
                                        ORDER BY c.relname
                                        """)
                                .bind("tables", tables)
                                .mapTo(String.class)
                                .list());
    }

    @Test
    void blocksNoWriterWhileItWaitsForOneThatIsOld()
            throws InterruptedException, ExecutionException {
        Instant day = Instant.parse("2023-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);
        try (var executor = Executors.newSingleThreadExecutor()) {
            Future<Integer> dropping =
                    STORE.database()
                            .store()
                            .inTransaction(handle -> {
                                handle.execute("LOCK TABLE ONLY execution IN ROW EXCLUSIVE MODE");
                                var drop =
                                        executor.submit(() ->
                                                drop(partitions, day.plus(Duration.ofDays(1))));
                                LockWaits.await(STORE.database());

                                assertThat(stateOf(ids(stored(trigger())).getFirst()))
                                        .isEqualTo(MessageState.Kind.ACCEPTED);
                                assertThat(drop).isNotDone();
                                return drop;
                            });
            assertThat(dropping.get()).isEqualTo(2);
        }
    }

    @Test
    void dropsEveryTablesPartitions() {
        Instant day = Instant.parse("2021-07-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);

        drop(partitions, day);

        assertThat(ofDay("20210701")).isEmpty();
        assertThat(ofDay("20210702")).hasSize(7);
        drop(partitions, day.plus(Duration.ofDays(1)));
    }

    @Test
    void goesOnWhereADropWasInterrupted() {
        Instant day = Instant.parse("2024-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);
        execute("ALTER TABLE message DETACH PARTITION message_20240502");
        execute("DROP TABLE execution_20240502");

        assertThat(drop(partitions, day.plus(Duration.ofDays(1)))).isEqualTo(2);

        assertThat(ofDay("20240502")).isEmpty();
    }

    @Test
    void waitsLongerForTransactionsOfOthersThanStatementsMayTake() throws Exception {
        Instant day = Instant.parse("2020-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);
        try (var impatient = new Database(STORE.settings("impatient", Duration.ofMillis(200)));
                var executor = Executors.newSingleThreadExecutor()) {
            var patient = new JdbiPartitions(impatient.store());
            Future<Integer> dropping =
                    whileSomebodyReads(() -> {
                        var drop = executor.submit(() -> drop(patient, endOf(day)));
                        LockWaits.awaitOlderThan(STORE.database(), Duration.ofSeconds(1));
                        return drop;
                    });

            assertThat(dropping.get()).isEqualTo(2);
            // The connection that waited is as impatient as before.
            assertThat(timeouts(impatient)).containsOnly("200ms");
        }
    }

    /// Without the days ahead nothing is accepted, and a dump may take hours.
    @Test
    void makesDaysWhileADropWaitsForTransactionsOfOthers() throws Exception {
        Instant day = Instant.parse("2017-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);
        try (var executor = Executors.newSingleThreadExecutor()) {
            Future<Integer> dropping =
                    whileSomebodyReads(() -> {
                        var drop = executor.submit(() -> drop(partitions, endOf(day)));
                        LockWaits.await(STORE.database());

                        partitions.makeAhead(Instant.parse("2032-05-02T00:00:00Z"), Period.ZERO);
                        assertThat(ofDay("20320502")).hasSize(7);
                        assertThat(drop).isNotDone();
                        return drop;
                    });
            assertThat(dropping.get()).isEqualTo(2);
        }
    }

    @Test
    void finishesWhatWasHalfDetachedBeforeAnyOlderDay() throws Exception {
        Instant day = Instant.parse("2019-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);
        try (var executor = Executors.newSingleThreadExecutor()) {
            whileSomebodyReads(() -> {
                Future<?> detaching = executor.submit(() -> execute(DETACH_LATER_DAY));
                LockWaits.await(STORE.database());
                assertThat(cancelled(DETACH_LATER_DAY)).isEqualTo(1);
                return assertThatThrownBy(detaching::get)
                        .hasCauseInstanceOf(StoreUnavailable.class);
            });
        }
        assertThat(halfDetached()).containsExactly("message_20190502");

        assertThat(drop(partitions, endOf(day))).isEqualTo(2);

        assertThat(ofDay("20190501")).isEmpty();
        assertThat(ofDay("20190502")).isEmpty();
        assertThat(halfDetached()).isEmpty();
    }

    /// To find out what settled last, a whole day is read.
    @Test
    void readsNotAgainWhatSettledOfLateUntilThatIsOld() {
        Instant day = Instant.parse("2018-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);
        stored(openOn(day));
        settleAll();
        assertThat(partitions.dropOlderThan(endOf(day), now)).isEqualTo(1);
        execute("UPDATE message_state_20180502 SET state_time = state_time - interval '1 hour'");

        assertThat(partitions.dropOlderThan(endOf(day), now)).isZero();
        assertThat(partitions.dropOlderThan(endOf(day), now.plusMillis(1))).isEqualTo(1);
    }

    @Test
    void forgetsManyExecutionsBesideABroadcastInPieces() {
        Instant day = Instant.parse("2016-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);
        addExecutions(UuidTimes.lowest(day));
        addBroadcast(UuidTimes.lowest(day));

        assertThat(drop(partitions, endOf(day).plus(Duration.ofDays(2)))).isEqualTo(1);

        assertThat(countOf("execution_20160502")).isEqualTo(1);
        execute("DELETE FROM broadcast WHERE execution_id = '%s'".formatted(UuidTimes.lowest(day)));
        assertThat(drop(partitions, endOf(day))).isEqualTo(1);
    }

    private void addExecutions(UUID first) {
        execute(
                """
                INSERT INTO execution (execution_id, campaign_id, revision, request_id, create_time, expire_time, message_ids)
                SELECT (left('%1$s', 24) || lpad(to_hex(n), 12, '0'))::uuid, '%1$s', 1, 'r', now(), now(), ARRAY['%1$s'::uuid]
                FROM generate_series(0, 12000) AS n
                """
                        .formatted(first));
    }

    private void addBroadcast(UUID execution) {
        execute(
                """
                INSERT INTO broadcast (execution_id, campaign_id, channel_configuration_id, revision, audience_id,
                  identity_namespace, payload, state, paused, planned, written, create_time, start_time, expire_time,
                  messages_per_second)
                VALUES ('%1$s', '%1$s', '%1$s', 1, '%1$s', 'crmId', '', 'EXPIRED', false, 0, 0, now(), now(), now(), 0)
                """
                        .formatted(execution));
    }

    private static int countOf(String table) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery("SELECT count(*) FROM " + table)
                                .mapTo(Integer.class)
                                .one());
    }

    /// Ends the statement as a time limit or an operator does.
    ///
    /// @return how often it ran
    private static int cancelled(String statement) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(
                                        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE"
                                                + " query = :statement AND state = 'active'")
                                .bind("statement", statement)
                                .mapTo(Boolean.class)
                                .list()
                                .size());
    }

    private static final String DETACH_LATER_DAY =
            "ALTER TABLE message DETACH PARTITION message_20190502 CONCURRENTLY";

    /// Whenever something settled.
    private int drop(JdbiPartitions from, Instant before) {
        return from.dropOlderThan(before, now.plus(Duration.ofDays(1)));
    }

    private static Instant endOf(Instant day) {
        return day.plus(Duration.ofDays(1));
    }

    /// As a dump does for hours.
    private static <T> T whileSomebodyReads(Callable<T> work) throws Exception {
        try (var connection = STORE.database().connect("dump");
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE message IN ACCESS SHARE MODE");
            return work.call();
        }
    }

    private static List<String> timeouts(Database database) {
        return database.store()
                .inStatement(handle ->
                        handle.createQuery("SHOW statement_timeout").mapTo(String.class).list());
    }

    private static List<String> halfDetached() {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(
                                        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE"
                                                + " inhdetachpending")
                                .mapTo(String.class)
                                .list());
    }

    private static void execute(String statement) {
        STORE.database().store().inStatement(handle -> handle.execute(statement));
    }

    private static List<String> ofDay(String day) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(PARTITIONS_OF_DAY)
                                .bind("day", day)
                                .mapTo(String.class)
                                .list());
    }
}
