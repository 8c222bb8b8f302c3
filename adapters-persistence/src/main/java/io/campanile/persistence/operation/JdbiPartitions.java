package io.campanile.persistence.operation;

import io.campanile.application.operation.port.Partitions;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Daily partitions, cut at midnight UTC and named for their day: `message_20261123`.
public final class JdbiPartitions implements Partitions {
    /// Tables with daily partitions, and how much of a page inserts fill. Every message has a state
    /// that is updated a few times and then rests: half of the page is left to the updates.
    private enum Partitioned {
        EXECUTION(100),
        MESSAGE(100),
        MESSAGE_STATE(50),
        MESSAGE_EVENT(100),
        MESSAGE_SECRET(100),
        MESSAGE_DECISION(100),
        MESSAGE_RECEIPT(100);

        private final int fillFactor;

        Partitioned(int fillFactor) {
            this.fillFactor = fillFactor;
        }

        String table() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String partition(LocalDate day) {
            return table() + "_" + NAME_OF_DAY.format(day);
        }
    }

    private static final DateTimeFormatter NAME_OF_DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('campanile partitions', 0))";

    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_lock(hashtextextended('campanile partitions drop', 0))";

    private static final String UNLOCK =
            "SELECT pg_advisory_unlock(hashtextextended('campanile partitions drop', 0))";

    /// A partition can go when every transaction that may still read it has ended, such as a dump.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private static final int FORGOTTEN_AT_ONCE = 5_000;

    private final Store store;

    /// When the last message of a day settled, of days that are old enough otherwise.
    private final Map<LocalDate, Instant> lastSettled = new ConcurrentHashMap<>();

    public JdbiPartitions(Store store) {
        this.store = store;
    }

    private static final String EXISTING =
            """
            SELECT c.relname
            FROM pg_inherits i
            JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = to_regclass(:table) AND NOT i.inhdetachpending
            """;

    @Override
    public void makeAhead(Instant now, Period ahead) {
        LocalDate today = day(now);
        // Yesterday too: a node's clock may lag, and an id carries its node's time.
        List<LocalDate> days =
                today.minusDays(1).datesUntil(today.plus(ahead).plusDays(1)).toList();
        for (Partitioned table : Partitioned.values()) {
            if (!store.inStatement(handle -> missing(handle, table, days)).isEmpty()) {
                store.inTransaction(handle -> {
                    handle.createQuery(LOCK).mapTo(String.class).list();
                    missing(handle, table, days).forEach(day -> make(handle, table, day));
                    return true;
                });
            }
        }
    }

    private static List<LocalDate> missing(Handle handle, Partitioned table, List<LocalDate> days) {
        Set<String> existing = existing(handle, EXISTING, table);
        return days.stream().filter(day -> !existing.contains(table.partition(day))).toList();
    }

    /// Made apart and attached: `PARTITION OF` would lock all writers of the table out. It is
    /// analyzed rarely: it grows the whole day, and PostgreSQL's own measure would have it analyzed
    /// every few seconds, for statements that have one plan.
    private static void make(Handle handle, Partitioned table, LocalDate day) {
        String partition = table.partition(day);
        handle.execute(
                """
                CREATE TABLE IF NOT EXISTS %s (LIKE %s INCLUDING ALL)
                WITH (fillfactor = %d, autovacuum_analyze_threshold = 50000, autovacuum_analyze_scale_factor = 1)
                """
                        .formatted(partition, table.table(), table.fillFactor));
        handle.execute(
                "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                        .formatted(
                                table.table(),
                                partition,
                                UuidTimes.lowest(start(day)),
                                UuidTimes.lowest(start(day.plusDays(1)))));
    }

    private static final String TABLES_OF_DAYS =
            """
            SELECT c.relname
            FROM pg_class c
            WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass(:table))
              AND c.relkind = 'r'
              AND c.relname ~ ('^' || :table || '_[0-9]{8}$')
            """;

    private static final String OPEN_MESSAGES =
            "SELECT FROM message_queue WHERE message_id >= :first AND message_id < :end";

    // Asked only of days that are old enough to go: there is no index for it.
    private static final String LAST_SETTLED =
            """
            SELECT max(state_time) AS last_settled
            FROM message_state
            WHERE message_id >= :first AND message_id < :end
            HAVING count(*) > 0
            """;

    private static final String BROADCASTS =
            "SELECT FROM broadcast WHERE execution_id >= :first AND execution_id < :end";

    // A broadcast's messages are of the days on which they are written, which may be weeks later.
    private static final String FORGET_OTHERS =
            """
            DELETE FROM execution
            WHERE execution_id >= :first AND execution_id < :end
              AND execution_id = ANY (ARRAY(
                SELECT e.execution_id
                FROM execution e
                WHERE e.execution_id >= :first AND e.execution_id < :end
                  AND NOT EXISTS (SELECT FROM broadcast b WHERE b.execution_id = e.execution_id)
                LIMIT :limit))
            """;

    @Override
    public int dropOlderThan(Instant before, Instant settledBefore) {
        // Not in a transaction: DETACH CONCURRENTLY forbids it.
        return store.inLongStatements(
                LONGEST_WAIT,
                handle -> {
                    if (!handle.createQuery(TRY_LOCK).mapTo(Boolean.class).one()) {
                        return 0;
                    }
                    try {
                        finishHalfDone(handle);
                        return dropOlderThan(handle, before, settledBefore);
                    } finally {
                        handle.createQuery(UNLOCK).mapTo(Boolean.class).one();
                    }
                });
    }

    private static final String HALF_DETACHED =
            """
            SELECT c.relname
            FROM pg_inherits i
            JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = to_regclass(:table) AND i.inhdetachpending
            """;

    /// A table can have one partition that is half detached, and detaches no other until that is
    /// done: it goes first, whatever its day.
    private static void finishHalfDone(Handle handle) {
        for (Partitioned table : Partitioned.values()) {
            existing(handle, HALF_DETACHED, table)
                    .forEach(partition -> detach(handle, table, partition, "FINALIZE"));
        }
    }

    private static void detach(Handle handle, Partitioned table, String partition, String how) {
        handle.execute(
                "ALTER TABLE %s DETACH PARTITION %s %s".formatted(table.table(), partition, how));
    }

    private int dropOlderThan(Handle handle, Instant before, Instant settledBefore) {
        var days = new TreeSet<LocalDate>();
        for (Partitioned table : Partitioned.values()) {
            existing(handle, TABLES_OF_DAYS, table).stream()
                    .map(name -> name.substring(name.length() - 8))
                    .map(name -> LocalDate.parse(name, NAME_OF_DAY))
                    .filter(day -> !start(day.plusDays(1)).isAfter(before))
                    .forEach(days::add);
        }
        lastSettled.keySet().retainAll(days);
        int dropped = 0;
        for (LocalDate day : days) {
            if (!has(handle, OPEN_MESSAGES, day) && !hasSettled(handle, day, settledBefore)) {
                dropped += dropUnlessRemembered(handle, day, before);
            }
        }
        return dropped;
    }

    /// Most broadcasts are forgotten within a day, and then all of theirs is dropped at once. Row
    /// by row it costs far more, so only where one outlives its day for longer.
    private static int dropUnlessRemembered(Handle handle, LocalDate day, Instant before) {
        for (Partitioned table : Partitioned.values()) {
            if (table != Partitioned.EXECUTION) {
                drop(handle, table, day);
            }
        }
        if (has(handle, BROADCASTS, day)) {
            if (!start(day.plusDays(1)).plus(OTHERS_STAY).isAfter(before)) {
                forgetOthers(handle, day);
            }
            return 0;
        }
        drop(handle, Partitioned.EXECUTION, day);
        return 1;
    }

    private static void forgetOthers(Handle handle, LocalDate day) {
        int forgotten;
        do {
            forgotten =
                    of(day, handle.createUpdate(FORGET_OTHERS))
                            .bind("limit", FORGOTTEN_AT_ONCE)
                            .execute();
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }

    private static boolean has(Handle handle, String some, LocalDate day) {
        return of(day, handle.createQuery("SELECT EXISTS (" + some + ")"))
                .mapTo(Boolean.class)
                .one();
    }

    /// To find that out, the whole day is read: not again before what settled last is old as well.
    private boolean hasSettled(Handle handle, LocalDate day, Instant settledBefore) {
        Instant known = lastSettled.get(day);
        if (known != null && !known.isBefore(settledBefore)) {
            return true;
        }
        Optional<Instant> last =
                of(day, handle.createQuery(LAST_SETTLED))
                        .map((row, _) -> RowTimes.time(row, "last_settled"))
                        .findOne();
        last.ifPresent(time -> lastSettled.put(day, time));
        return last.filter(time -> !time.isBefore(settledBefore)).isPresent();
    }

    private static <S extends SqlStatement<S>> S of(LocalDate day, S statement) {
        return statement
                .bind("first", UuidTimes.lowest(start(day)))
                .bind("end", UuidTimes.lowest(start(day.plusDays(1))));
    }

    private static final String IS_ATTACHED =
            """
            SELECT EXISTS (
              SELECT FROM pg_inherits i
              WHERE i.inhparent = to_regclass(:table) AND i.inhrelid = to_regclass(:partition))
            """;

    /// Goes on where an earlier run was interrupted: attached, detached, gone.
    private static void drop(Handle handle, Partitioned table, LocalDate day) {
        String partition = table.partition(day);
        boolean attached =
                handle.createQuery(IS_ATTACHED)
                        .bind("table", table.table())
                        .bind("partition", partition)
                        .mapTo(Boolean.class)
                        .one();
        if (attached) {
            detach(handle, table, partition, "CONCURRENTLY");
        }
        handle.execute("DROP TABLE IF EXISTS " + partition);
    }

    private static Set<String> existing(Handle handle, String query, Partitioned table) {
        return handle.createQuery(query).bind("table", table.table()).mapTo(String.class).set();
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
