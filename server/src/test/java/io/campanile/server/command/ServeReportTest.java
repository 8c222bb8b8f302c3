package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.operation.NodeStatus;
import io.campanile.application.operation.port.Backlog;
import io.campanile.domain.message.Lane;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class ServeReportTest {
    private final StringWriter printed = new StringWriter();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void printsALineAgainAndAgainUntilItIsToStop() throws InterruptedException {
        var stop = new ServeCommand.Stop();

        ServeCommand.report(
                () -> status(stop), Duration.ofMillis(1), stop, new PrintWriter(printed));

        assertThat(printed.toString().lines())
                .containsExactly(
                        "backlog=0 oldest_waiting=none last_minutes=5",
                        "backlog=0 oldest_waiting=none last_minutes=5",
                        "backlog=0 oldest_waiting=none last_minutes=5");
    }

    @Test
    void printsNothingWhenItIsToStopAtOnce() throws InterruptedException {
        var stop = new ServeCommand.Stop();
        assertThat(stop.exitCode(() -> {})).isZero();

        ServeCommand.report(
                () -> status(stop), Duration.ofHours(1), stop, new PrintWriter(printed));

        assertThat(printed.toString()).isEmpty();
    }

    /// Tells the node to stop when it is asked for the third time.
    private NodeStatus status(ServeCommand.Stop stop) {
        if (asked.incrementAndGet() == 3) {
            assertThat(stop.exitCode(() -> {})).isZero();
        }
        var nothing = new Backlog(Lane.TRANSACTIONAL, 0, 0, null);
        return new NodeStatus(List.of(nothing), Duration.ofMinutes(5), Map.of());
    }
}
