package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.testkit.database.PostgresExtension;
import io.campanile.testkit.database.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class DatabaseCheckIT {
    @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

    @Test
    void takesADatabaseAsTestsHaveIt() {
        assertThatCode(() -> check(POSTGRES.database())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"LATIN1, encoding LATIN1", "UTF8, LC_CTYPE", "KOI8R, encoding KOI8R"})
    void refusesOneThatDoesNotKnowAllLetters(String encoding, String hint) {
        TestDatabase database =
                POSTGRES.freshDatabase(
                        "TEMPLATE template0 ENCODING '%s' LC_COLLATE 'C' LC_CTYPE 'C'"
                                .formatted(encoding));

        assertThatThrownBy(() -> check(database))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(hint)
                .hasMessageContaining("TEMPLATE template0 ENCODING 'UTF8'");
    }

    private static void check(TestDatabase database) {
        DatabaseCheck.refuseUnfit(
                database::connect, () -> "a server", new LockNeeds(16, Duration.ofDays(7)));
    }
}
