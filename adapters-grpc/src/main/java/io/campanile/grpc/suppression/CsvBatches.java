package io.campanile.grpc.suppression;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Reads CSV (RFC 4180) in UTF-8: the headings, and then the rows, a batch at a time.
final class CsvBatches implements Closeable {
    static final int BATCH = 500;

    /// No row, and so no unclosed quote, takes more of the memory.
    static final int LONGEST_ROW = 64 << 10;

    private static final int BYTE_ORDER_MARK = '\ufeff';

    /// What stands for bytes that are no UTF-8: no file has it, as it is no character. So the rows
    /// before them can be read, which a decoder that throws would lose.
    private static final char UNREADABLE = '\uffff';

    private final BooleanSupplier brokenOff;
    private final QuoteWatch characters;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> rows;

    /// Where the last row that was read begins.
    private long line;

    /// What was read of a file before its end, or before something that is no row.
    ///
    /// @param fault why no more can be read; absent at the end of a batch and of the file
    record Batch(List<CsvRecord> rows, @Nullable String fault) {}

    /// Begins to read, and so waits for the file to begin.
    ///
    /// @param brokenOff whether reading fails because nobody needs the file any more, and not by
    ///   what stands in it
    CsvBatches(InputStream file, BooleanSupplier brokenOff) throws IOException {
        this.brokenOff = brokenOff;
        this.characters = characters(file);
        this.reader =
                CsvReader.builder()
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .maxBufferSize(LONGEST_ROW)
                        .ofCsvRecord(withoutMark(characters));
        this.rows = reader.iterator();
    }

    private static QuoteWatch characters(InputStream file) {
        return new QuoteWatch(
                new InputStreamReader(
                        file,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .replaceWith(String.valueOf(UNREADABLE))
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }

    /// Before the first quote, the mark would make that one of the heading's characters.
    private static Reader withoutMark(Reader characters) throws IOException {
        var rest = new PushbackReader(characters);
        int first = rest.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            rest.unread(first);
        }
        return rest;
    }

    /// To be called before the rows are read; nothing when the file is empty.
    ///
    /// @throws CsvParseException when they are not CSV
    /// @throws UncheckedIOException when they cannot be read
    Optional<CsvRecord> headings() {
        return rows.hasNext() ? Optional.of(read()) : Optional.empty();
    }

    /// The next rows; none at the end of the file.
    ///
    /// @throws CsvParseException when it is broken off
    /// @throws UncheckedIOException when it is broken off
    Batch next() {
        List<CsvRecord> batch = new ArrayList<>(BATCH);
        try {
            while (batch.size() < BATCH && rows.hasNext()) {
                CsvRecord row = read();
                String fault = fault(row);
                if (fault != null) {
                    return new Batch(batch, fault);
                }
                batch.add(row);
            }
        } catch (CsvParseException | UncheckedIOException e) {
            if (brokenOff.getAsBoolean()) {
                throw e;
            }
            // Without its text, which may quote the file.
            return new Batch(
                    batch,
                    "the row after the one at line %d is not CSV (RFC 4180), or longer than 64 kB"
                            .formatted(line));
        }
        return new Batch(batch, null);
    }

    private CsvRecord read() {
        CsvRecord row = rows.next();
        line = row.getStartingLineNumber();
        return row;
    }

    private @Nullable String fault(CsvRecord row) {
        if (characters.endedWithinQuotes() && !rows.hasNext()) {
            return "a quote in the row at line " + line + " is not closed";
        }
        return row.getFields().stream().anyMatch(CsvBatches::isUnreadable)
                ? "the row at line " + line + " is not UTF-8"
                : null;
    }

    private static boolean isUnreadable(String field) {
        return field.indexOf(UNREADABLE) >= 0;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
