package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class SentenceTest {
    @Test
    void isTheFirstLineOfWhatWasSaid() {
        assertThat(Sentence.of(new IllegalStateException("\n  It broke: badly\n\tat line 1\n")))
                .isEqualTo("It broke: badly");
    }

    @Test
    void namesNoClasses() {
        var problem = new IOException("It broke: java.nio.file.NoSuchFileException: /tmp");

        assertThat(Sentence.of(problem)).isEqualTo("It broke: /tmp");
    }

    @Test
    void saysWhereToLookWhenNothingWasSaid() {
        assertThat(Sentence.of(new IllegalStateException()))
                .isEqualTo(Sentence.of(new IOException("java.io.EOFException")))
                .contains("CAMPANILE_LOG_LEVEL=debug");
    }
}
