package io.campanile.persistence;

import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/// Arrays to bind, in the forms pgjdbc sends as binary. It has none for `timestamptz[]`: times go
/// as seconds (`to_timestamp(…)`). Their first element is number 1, also for subscripts.
public final class SqlArrays {
    private SqlArrays() {}

    public static <T> Argument texts(
            Collection<T> rows, Function<? super T, @Nullable String> column) {
        @Nullable String[] values = new @Nullable String[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = column.apply(row);
        }
        return array("text", values);
    }

    public static <T> Argument uuids(Collection<T> rows, Function<? super T, UUID> column) {
        var values = new UuidArray(rows.size());
        rows.forEach(row -> values.add(column.apply(row)));
        return (position, statement, _) -> statement.setObject(position, values);
    }

    public static <T> Argument integers(Collection<T> rows, ToIntFunction<? super T> column) {
        int[] values = new int[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = column.applyAsInt(row);
        }
        return array("int4", values);
    }

    public static <T> Argument booleans(Collection<T> rows, Function<? super T, Boolean> column) {
        boolean[] values = new boolean[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = column.apply(row);
        }
        return array("bool", values);
    }

    /// Seconds since 1970, exact to the microsecond until 2255, and to 31 of them after it.
    public static <T> Argument times(Collection<T> rows, Function<? super T, Instant> column) {
        ToDoubleFunction<T> seconds = row -> seconds(column.apply(row));
        double[] values = new double[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = seconds.applyAsDouble(row);
        }
        return array("float8", values);
    }

    /// As [#times], with holes.
    public static <T> Argument optionalTimes(
            Collection<T> rows, Function<? super T, @Nullable Instant> column) {
        @Nullable Double[] values = new @Nullable Double[rows.size()];
        int i = 0;
        for (T row : rows) {
            Instant time = column.apply(row);
            values[i++] = time == null ? null : seconds(time);
        }
        return array("float8", values);
    }

    public static <T> Argument bytes(
            Collection<T> rows, Function<? super T, byte @Nullable []> column) {
        byte[] @Nullable [] values = new byte[rows.size()] @Nullable [];
        int i = 0;
        for (T row : rows) {
            values[i++] = column.apply(row);
        }
        return array("bytea", values);
    }

    public static Argument uuids(List<UUID> ids) {
        return uuids(ids, Function.identity());
    }

    public static Argument longs(List<Long> values) {
        return array("int8", values.stream().mapToLong(Long::longValue).toArray());
    }

    private static double seconds(Instant time) {
        long micros =
                Math.addExact(
                        Math.multiplyExact(time.getEpochSecond(), 1_000_000L),
                        time.getNano() / 1_000);
        return micros / 1e6;
    }

    private static Argument array(String type, Object values) {
        return (position, statement, _) -> {
            var connection = statement.getConnection().unwrap(org.postgresql.PGConnection.class);
            statement.setArray(position, connection.createArrayOf(type, values));
        };
    }
}
