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
        assertThat(OldestSnapshot.of(STORE.database().store())).isEmpty();
        try (var dump = STORE.database().connect("dump");
                var statement = dump.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
            statement.execute("SELECT count(*) FROM message_queue");

            assertThat(OldestSnapshot.of(STORE.database().store()))
                    .hasValueSatisfying(oldest -> {
                        assertThat(oldest.application()).endsWith("-dump");
                        assertThat(oldest.age()).isBetween(Duration.ZERO, Duration.ofMinutes(5));
                    });
        }
    }
}
