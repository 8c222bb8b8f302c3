package io.campanile.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

class FileProblemTest {
    @Test
    void saysInWordsWhatTheJdkOnlyNames() {
        assertThat(FileProblem.of(new AccessDeniedException("/data")))
                .isEqualTo("/data may not be accessed");
        assertThat(FileProblem.of(new NoSuchFileException("/data")))
                .isEqualTo("/data does not exist");
        assertThat(FileProblem.of(new FileSystemException("/data", null, "Not a directory")))
                .isEqualTo("/data: Not a directory");
        assertThat(FileProblem.of(new IOException())).isEqualTo("reading or writing failed");
    }

    @Test
    void findsTheComplaintInWhatAProgramOfPostgresPrints() {
        assertThat(PostgresBinaries.complaint("creating ... ok\ninitdb: error: no room\nbye\n"))
                .isEqualTo("initdb: error: no room");
        assertThat(PostgresBinaries.complaint("starting\nstopped")).isEqualTo("stopped");
        assertThat(PostgresBinaries.complaint("")).isEqualTo("it said nothing");
    }
}
