package io.campanile.persistence.operation;

import io.campanile.application.operation.port.Partitions;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Daily partitions, cut at midnight UTC and named for their day: `message_20261123`.
public final class JdbiPartitions implements Partitions {
    /// Tables with daily partitions, and how each partition is stored. Every message has a state
    /// that is updated a few times and then rests: half of the page is left to the updates.
    private enum Partitioned {
        EXECUTION(""),
        MESSAGE(""),
        MESSAGE_STATE("WITH (fillfactor = 50)"),
        MESSAGE_EVENT(""),
        MESSAGE_SECRET(""),
        MESSAGE_DECISION(""),
        MESSAGE_RECEIPT("");

        private final String storage;

        Partitioned(String storage) {
            this.storage = storage;
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

    private final Store store;

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

    /// Made apart and attached: `PARTITION OF` would lock all writers of the table out.
    private static void make(Handle handle, Partitioned table, LocalDate day) {
        String partition = table.partition(day);
        handle.execute(
                "CREATE TABLE IF NOT EXISTS %s (LIKE %s INCLUDING ALL) %s"
                        .formatted(partition, table.table(), table.storage));
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

    // Looked for in days only that are old enough to go: there is no index for it.
    private static final String SETTLED_OF_LATE =
            """
            SELECT FROM message_state
            WHERE message_id >= :first AND message_id < :end AND state_time >= :settledBefore
            """;

    private static final String BROADCASTS =
            "SELECT FROM broadcast WHERE execution_id >= :first AND execution_id < :end";

    // A broadcast's messages are of the days on which they are written, which may be weeks later.
    private static final String FORGET_OTHERS =
            """
            DELETE FROM execution e
            WHERE e.execution_id >= :first AND e.execution_id < :end
              AND NOT EXISTS (SELECT FROM broadcast b WHERE b.execution_id = e.execution_id)
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

    private static int dropOlderThan(Handle handle, Instant before, Instant settledBefore) {
        var days = new TreeSet<LocalDate>();
        for (Partitioned table : Partitioned.values()) {
            existing(handle, TABLES_OF_DAYS, table).stream()
                    .map(name -> name.substring(name.length() - 8))
                    .map(name -> LocalDate.parse(name, NAME_OF_DAY))
                    .filter(day -> !start(day.plusDays(1)).isAfter(before))
                    .forEach(days::add);
        }
        int dropped = 0;
        for (LocalDate day : days) {
            if (!has(handle, OPEN_MESSAGES, day) && !hasSettled(handle, day, settledBefore)) {
                dropped += dropUnlessRemembered(handle, day);
            }
        }
        return dropped;
    }

    private static int dropUnlessRemembered(Handle handle, LocalDate day) {
        for (Partitioned table : Partitioned.values()) {
            if (table != Partitioned.EXECUTION) {
                drop(handle, table, day);
            }
        }
        if (has(handle, BROADCASTS, day)) {
            of(day, handle.createUpdate(FORGET_OTHERS)).execute();
            return 0;
        }
        drop(handle, Partitioned.EXECUTION, day);
        return 1;
    }

    private static boolean has(Handle handle, String some, LocalDate day) {
        return of(day, exists(handle, some)).mapTo(Boolean.class).one();
    }

    private static boolean hasSettled(Handle handle, LocalDate day, Instant settledBefore) {
        return of(day, exists(handle, SETTLED_OF_LATE))
                .bind("settledBefore", settledBefore)
                .mapTo(Boolean.class)
                .one();
    }

    private static Query exists(Handle handle, String some) {
        return handle.createQuery("SELECT EXISTS (" + some + ")");
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
