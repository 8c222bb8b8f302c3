package io.campanile.grpc.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import de.siegmar.fastcsv.reader.CsvRecord;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Files as they are read, without a call.
class CsvBatchesTest {
    private static final String HEADINGS = "target,note\n";

    private static InputStream file(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Its headings are read.
    private static CsvBatches begun(InputStream file, boolean brokenOff) throws IOException {
        var batches = new CsvBatches(file, () -> brokenOff);
        assertThat(batches.headings()).isPresent();
        return batches;
    }

    private static CsvBatches begun(String text) throws IOException {
        return begun(file(text), false);
    }

    private static List<List<String>> fields(CsvBatches.Batch batch) {
        return batch.rows().stream().map(CsvRecord::getFields).toList();
    }

    @Test
    void readsHeadingsBehindAByteOrderMark() throws IOException {
        var batches = new CsvBatches(file("\ufeff\"tar\"\"get\"\n"), () -> false);

        assertThat(batches.headings())
                .hasValueSatisfying(row -> assertThat(row.getFields()).containsExactly("tar\"get"));
    }

    @Test
    void findsNoHeadingsInAnEmptyFile() throws IOException {
        assertThat(new CsvBatches(file(""), () -> false).headings()).isEmpty();
    }

    @Test
    void givesSoManyRowsAtATimeAndNoneAtTheEnd() throws IOException {
        CsvBatches batches = begun(HEADINGS + "a,b\n".repeat(CsvBatches.BATCH + 1));

        assertThat(batches.next().rows()).hasSize(CsvBatches.BATCH);
        assertThat(batches.next().rows()).hasSize(1);
        assertThat(batches.next()).isEqualTo(new CsvBatches.Batch(List.of(), null));
    }

    @Test
    void givesTheRowsBeforeAQuoteThatIsNotClosed() throws IOException {
        CsvBatches.Batch batch = begun(HEADINGS + "a,b\nc,\"d\ne,f\n").next();

        assertThat(fields(batch)).containsExactly(List.of("a", "b"));
        assertThat(batch.fault()).isEqualTo("a quote in the row at line 3 is not closed");
    }

    @Test
    void givesTheRowsBeforeOneThatIsNotUtf8() throws IOException {
        InputStream latin =
                new ByteArrayInputStream("c,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
        CsvBatches.Batch batch =
                begun(new SequenceInputStream(file(HEADINGS + "a,b\n"), latin), false).next();

        assertThat(fields(batch)).containsExactly(List.of("a", "b"));
        assertThat(batch.fault()).isEqualTo("the row at line 3 is not UTF-8");
    }

    @Test
    void givesTheRowsBeforeOneThatIsTooLong() throws IOException {
        String tooLong = "x".repeat(CsvBatches.LONGEST_ROW + 1);
        CsvBatches.Batch batch = begun(HEADINGS + "a,b\n" + tooLong + ",d\n").next();

        assertThat(fields(batch)).containsExactly(List.of("a", "b"));
        assertThat(batch.fault()).startsWith("the row after the one at line 2 is not CSV");
    }

    @Test
    void takesWhatFailsForAFaultOfTheFileUnlessItIsBrokenOff() throws IOException {
        assertThat(begun(brokenOffAfter(HEADINGS + "a,b\n"), false).next().fault()).isNotNull();

        CsvBatches batches = begun(brokenOffAfter(HEADINGS + "a,b\n"), true);
        assertThatThrownBy(batches::next).isInstanceOf(UncheckedIOException.class);
    }

    private static InputStream brokenOffAfter(String text) {
        var pieces = new CsvPieces(() -> {}, Duration.ofDays(1), () -> {});
        pieces.add(ByteString.copyFromUtf8(text));
        pieces.breakOff();
        return pieces;
    }
}
