package io.campanile.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresMemoryTest {
    @ParameterizedTest
    @CsvSource({"512, 128", "2048, 256", "8192, 1024", "65536, 1024"})
    void isAnEighthOfTheMachinesAndNeitherTooLittleNorTooMuch(long machine, long buffers) {
        assertThat(new PostgresMemory(machine << 20).toString())
                .contains(
                        "shared_buffers = " + buffers + "MB",
                        "effective_cache_size = " + 4 * buffers + "MB");
    }
}
