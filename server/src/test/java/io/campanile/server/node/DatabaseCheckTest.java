package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseCheckTest {
    @ParameterizedTest
    @ValueSource(ints = {150_000, 150_004, 180_001})
    void takesPostgresFrom15On(int version) {
        assertThatCode(() -> DatabaseCheck.refuseOld(version)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnOlderOne() {
        assertThatThrownBy(() -> DatabaseCheck.refuseOld(140_012))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "PostgreSQL 14 behind CAMPANILE_DATABASE_URL is too old: Campanile needs"
                                + " 15 or newer");
    }

    @ParameterizedTest
    @CsvSource({
        "28P01, CAMPANILE_DATABASE_PASSWORD",
        "28000, CAMPANILE_DATABASE_USER",
        "08004, CAMPANILE_DATABASE_PASSWORD",
        "08001, Cannot reach",
        "3D000, no such database",
        "42501, CAMPANILE_DATABASE_USER lacks the right to connect",
        "57P03, SQLSTATE 57P03",
    })
    void saysWhichSettingIsWrong(String sqlState, String hint) {
        assertThat(DatabaseCheck.problem(sqlState)).contains("CAMPANILE_DATABASE_").contains(hint);
    }

    @Test
    void repeatsNothingOfAUrlThatThePoolDoesNotUnderstand() {
        assertThatThrownBy(() ->
                        DatabaseCheck.opened(() -> {
                            throw new IllegalArgumentException("jdbcUrl=//app:hunter2");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CAMPANILE_DATABASE_URL")
                .hasMessageNotContaining("hunter2");
    }
}
