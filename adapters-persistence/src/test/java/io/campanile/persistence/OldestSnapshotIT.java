package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.sql.SQLException;
import java.time.Duration;

class OldestSnapshotIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Test
    void isOfATransactionThatReadsFromTheTimeItBegan() throws SQLException {
        requireFound("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM message_queue");
    }

    /// Between its statements it reads from no snapshot.
    @Test
    void isOfATransactionThatHasWrittenAndNotCommitted() throws SQLException {
        requireFound(
                "BEGIN", "INSERT INTO node (lease_end_time, create_time) VALUES (now(), now())");
    }

    private static void requireFound(String begin, String then) throws SQLException {
        assertThat(OldestSnapshot.of(STORE.database().store())).isEmpty();
        try (var dump = STORE.database().connect("dump");
                var statement = dump.createStatement()) {
            statement.execute(begin);
            statement.execute(then);

            assertThat(OldestSnapshot.of(STORE.database().store()))
                    .hasValueSatisfying(oldest -> {
                        assertThat(oldest.application()).endsWith("-dump");
                        assertThat(oldest.age()).isBetween(Duration.ZERO, Duration.ofMinutes(5));
                    });

            // A closed connection may last a moment longer.
            statement.execute("ROLLBACK");
        }
    }
}
