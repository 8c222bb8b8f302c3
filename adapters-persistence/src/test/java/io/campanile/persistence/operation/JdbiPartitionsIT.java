package io.campanile.persistence.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Each test has old days of its own, so that no other test's messages lie in them.
class JdbiPartitionsIT extends StoreScene {
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
                            "message_event_" + made,
                            "message_secret_" + made,
                            "message_state_" + made);
        }
        assertThat(ofDay("20310504")).isEmpty();
    }

    @Test
    void dropsWholeDaysOlderThanTheRetention() {
        Instant day = Instant.parse("2021-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ofDays(1));

        assertThat(partitions.dropOlderThan(day.plus(Duration.ofHours(36)))).isEqualTo(2);

        assertThat(ofDay("20210501")).isEmpty();
        assertThat(ofDay("20210502")).isEmpty();
        assertThat(ofDay("20210503")).hasSize(5);
        partitions.dropOlderThan(day.plus(Duration.ofDays(2)));
    }

    @Test
    void keepsADayInWhichAMessageIsOpen() {
        Instant day = Instant.parse("2022-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);
        MessageId open = ids(stored(Triggers.trigger(campaign, day.plusSeconds(5)))).getFirst();

        assertThat(partitions.dropOlderThan(day.plus(Duration.ofDays(1)))).isEqualTo(1);
        assertThat(stateOf(open)).isEqualTo(MessageState.Kind.ACCEPTED);

        store().queue()
                .record(
                        marked().stream()
                                .map(claim -> recording(claim, new MessageState.Sent(now)))
                                .toList());
        assertThat(partitions.dropOlderThan(day.plus(Duration.ofDays(1)))).isEqualTo(1);
        assertThat(ofDay("20220502")).isEmpty();
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
                                                partitions.dropOlderThan(
                                                        day.plus(Duration.ofDays(1))));
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
    void goesOnWhereADropWasInterrupted() {
        Instant day = Instant.parse("2024-05-02T00:00:00Z");
        partitions.makeAhead(day, Period.ZERO);
        execute("ALTER TABLE message DETACH PARTITION message_20240502");
        execute("DROP TABLE execution_20240502");

        assertThat(partitions.dropOlderThan(day.plus(Duration.ofDays(1)))).isEqualTo(2);

        assertThat(ofDay("20240502")).isEmpty();
    }

    @Test
    void keepsTodayAndTheDaysAhead() {
        partitions.dropOlderThan(now);

        String today =
                DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofInstant(now, ZoneOffset.UTC));
        assertThat(ofDay(today)).hasSize(5);
        assertThat(stateOf(ids(stored(trigger())).getFirst()))
                .isEqualTo(MessageState.Kind.ACCEPTED);
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
