package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.testkit.database.PostgresExtension;
import io.campanile.testkit.database.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
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

    /// As a firewall makes it look, once the connection stands.
    @Test
    void saysThatNothingAnswersWhereAServerIsSilent() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url =
                    "jdbc:postgresql://127.0.0.1:%d/campanile?loginTimeout=1"
                            .formatted(silent.getLocalPort());

            assertThatThrownBy(() -> check(() -> DriverManager.getConnection(url, "app", "")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Nothing answers at a server");
        }
    }

    private static void check(TestDatabase database) {
        check(database::connect);
    }

    private static void check(DatabaseCheck.Connector connector) {
        DatabaseCheck.refuseUnfit(
                connector, () -> "a server", new LockNeeds(16, Duration.ofDays(7)));
    }
}
