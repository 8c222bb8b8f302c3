package io.campanile.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class ReaderTest {
    @Test
    void aTenthIsExcludedForEachReasonAlike() {
        assertThat(Reader.values()).allMatch(kind -> kind.among(10_000) == 200);
        assertThat(Reader.writtenTo(10_000)).isEqualTo(9_000);
    }

    @Test
    void countsWhoIsWrittenToInAudiencesOfAnySize() {
        for (int readers = 50; readers < 150; readers++) {
            assertThat(Reader.writtenTo(readers))
                    .isEqualTo(
                            (int) IntStream.range(0, readers).filter(Reader::isWrittenTo).count());
        }
    }
}
