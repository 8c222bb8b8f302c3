package io.campanile.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class PostgresLogTest {
    @TempDir private Path folder;

    @Test
    void beginsAnewWhenItIsLongAndKeepsTheFormerOne() throws IOException {
        Path file = folder.resolve("postgres.log");
        Path former = Files.writeString(folder.resolve("postgres.log.1"), "of long ago");
        String text = "all is well\n".repeat(100_000) + "PANIC: no space left\n";
        Files.writeString(file, text);

        new PostgresLog(file).keepShort();

        assertThat(file).doesNotExist();
        assertThat(former).hasContent(text);
    }

    @Test
    void goesOnWhereItIsShort() throws IOException {
        Path file = Files.writeString(folder.resolve("postgres.log"), "one\ntwo\n");
        var log = new PostgresLog(file);

        log.keepShort();

        assertThat(log.complaint()).isEqualTo("two");
        assertThat(folder.resolve("postgres.log.1")).doesNotExist();
    }

    @Test
    void saysWhyItEndedAndNotOnlyThatItDid() throws IOException {
        String reason = "2026-12-02 07:00:00.000 UTC [7] FATAL:  could not open directory";
        Path file =
                Files.writeString(
                        folder.resolve("postgres.log"),
                        "one\n" + reason + "\nLOG:  database system is shut down\n");

        assertThat(new PostgresLog(file).complaint()).isEqualTo(reason);
    }

    @Test
    void saysThatItIsEmpty() throws IOException {
        var log = new PostgresLog(folder.resolve("postgres.log"));

        log.keepShort();

        assertThat(log.complaint()).isEqualTo("it said nothing");
    }
}
