package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.persistence.OldestSnapshot;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

class SnapshotWatchTest {
    private static Optional<String> warningAfter(Duration age) {
        return new SnapshotWatch(() -> Optional.of(new OldestSnapshot("pg_dump", age))).warning();
    }

    @Test
    void warnsOfATransactionThatLastsForMinutes() {
        assertThat(warningAfter(Duration.ofMinutes(5)))
                .hasValue(
                        "a transaction of the database lasts: claims get slower until it ends"
                                + " application=pg_dump minutes=5");
        assertThat(warningAfter(Duration.ofMinutes(5).minusSeconds(1))).isEmpty();
        assertThat(new SnapshotWatch(Optional::empty).warning()).isEmpty();
    }
}
