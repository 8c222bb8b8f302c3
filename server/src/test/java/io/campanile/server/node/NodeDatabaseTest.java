package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.settings.Setting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;

class NodeDatabaseTest {
    private static final int FEWEST = 22;
    private static final int MOST = 200;

    @Test
    void knowsHowManyConnectionsANodeMayBeGiven() {
        assertThat(Setting.ALL)
                .filteredOn(setting -> setting.name().equals("CAMPANILE_DATABASE_CONNECTIONS"))
                .extracting(Setting::formText)
                .containsExactly("a whole number from %d to %d".formatted(FEWEST, MOST));
    }

    /// However many of those who may take minutes are at work.
    @Test
    void leavesAConnectionToStopsPausesConsentsAndReceipts() {
        assertThat(IntStream.rangeClosed(FEWEST, MOST))
                .allSatisfy(connections ->
                        assertThat(connections - NodeDatabase.hotConnections(connections))
                                .isGreaterThan(NodeDatabase.LONG_USERS));
    }

    @ParameterizedTest
    @ValueSource(ints = {FEWEST, MOST})
    void keepsConnectionsForIntakeAndDelivery(int connections) {
        assertThat(NodeDatabase.hotConnections(connections)).isGreaterThanOrEqualTo(11);
    }
}
