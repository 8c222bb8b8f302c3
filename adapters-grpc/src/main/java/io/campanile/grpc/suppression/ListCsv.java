package io.campanile.grpc.suppression;

import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.grpc.resource.Times;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A list of addresses and domains as CSV (RFC 4180) with a line of headings. What was exported can
/// be imported.
final class ListCsv {
    /// What can stand in a column.
    enum Column {
        TARGET,
        REASON,
        NOTE,
        CREATE_TIME,
        EXPIRE_TIME;

        String heading() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LONGEST_TARGET = 254;

    /// The columns of the suppression list, in the order they are written; read in any order.
    static final List<Column> SUPPRESSIONS = List.of(Column.values());

    /// The columns of an allowed list.
    static final List<Column> ALLOWED_ENTRIES =
            List.of(Column.TARGET, Column.NOTE, Column.CREATE_TIME, Column.EXPIRE_TIME);

    private final Map<Column, Integer> columnIndexes;
    private final int fields;

    private ListCsv(Map<Column, Integer> columnIndexes, int fields) {
        this.columnIndexes = columnIndexes;
        this.fields = fields;
    }

    /// A row, or what is wrong with it.
    sealed interface Row {
        /// One that can be imported.
        ///
        /// @param reason a list without reasons has no use for it
        record Importable(
                SuppressionTarget target,
                SuppressionReason reason,
                String note,
                @Nullable Instant expireTime)
                implements Row {
            @Override
            public String toString() {
                return target.masked();
            }
        }

        /// One that cannot.
        ///
        /// @param column empty when it is not one column's fault
        record Refused(String column, String problem) implements Row {}
    }

    /// The headings are wrong.
    static final class HeadingsWrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        HeadingsWrong(String problem) {
            super(problem);
        }
    }

    /// Reads the line of headings.
    ///
    /// @throws HeadingsWrong with what is wrong
    static ListCsv of(CsvRecord headings, List<Column> columns) {
        Map<Column, Integer> columnIndexes = new EnumMap<>(Column.class);
        for (int index = 0; index < headings.getFieldCount(); index++) {
            String name = headings.getField(index).strip();
            if (columnIndexes.put(column(name, columns), index) != null) {
                throw new HeadingsWrong("a heading of the first line stands there twice");
            }
        }
        if (!columnIndexes.containsKey(Column.TARGET)) {
            throw new HeadingsWrong("the first line has no heading 'target'");
        }
        return new ListCsv(columnIndexes, headings.getFieldCount());
    }

    private static Column column(String heading, List<Column> columns) {
        return columns.stream()
                .filter(column -> column.heading().equals(heading))
                .findFirst()
                .orElseThrow(() ->
                        new HeadingsWrong(
                                "the first line must be headings: target and, in any order, "
                                        + names(columns.subList(1, columns.size()))));
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::heading).collect(Collectors.joining(", "));
    }

    Row read(CsvRecord row) {
        if (row.getFieldCount() != fields) {
            return new Row.Refused(
                    "",
                    "has %d fields where the headings are %d"
                            .formatted(row.getFieldCount(), fields));
        }
        String target = value(row, Column.TARGET);
        var parsed = SuppressionTarget.parse(target);
        if (target.length() > LONGEST_TARGET || parsed.isEmpty()) {
            return refused(Column.TARGET, SuppressionTarget.fault(target));
        }
        SuppressionReason reason = reason(value(row, Column.REASON));
        if (reason == null) {
            return refused(
                    Column.REASON, "is none of MANUAL, HARD_BOUNCE, SOFT_BOUNCES and COMPLAINT");
        }
        String note = value(row, Column.NOTE);
        if (note.codePointCount(0, note.length()) > Suppression.LONGEST_NOTE
                || note.indexOf('\0') >= 0) {
            return refused(Column.NOTE, "is longer than 500 characters, or has a NUL among them");
        }
        try {
            Instant expireTime = time(value(row, Column.EXPIRE_TIME));
            return new Row.Importable(parsed.get(), reason, note, expireTime);
        } catch (DateTimeException _) {
            return refused(Column.EXPIRE_TIME, "is not a time such as 2030-01-31T12:00:00Z");
        }
    }

    /// What is wrong with a row of an entry that may not expire when it says.
    static Row.Refused expireTimeOutOfRange() {
        return refused(Column.EXPIRE_TIME, Times.EXPIRE_TIME_OUT_OF_RANGE);
    }

    private static Row.Refused refused(Column column, String problem) {
        return new Row.Refused(column.heading(), problem);
    }

    private String value(CsvRecord row, Column column) {
        Integer index = columnIndexes.get(column);
        return index == null ? "" : row.getField(index).strip();
    }

    private static @Nullable SuppressionReason reason(String text) {
        return text.isEmpty()
                ? SuppressionReason.MANUAL
                : Arrays.stream(SuppressionReason.values())
                        .filter(reason -> reason.name().equals(text))
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Instant time(String text) {
        return text.isEmpty()
                ? null
                : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    static String headings(List<Column> columns) {
        return write(List.of(columns.stream().map(Column::heading).toList()));
    }

    static String write(Iterable<? extends Iterable<String>> rows) {
        var text = new StringWriter();
        // What it holds back comes out when it is closed.
        try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            rows.forEach(writer::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// How a time stands in a row; nothing when absent.
    static String text(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }
}
