package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.operation.NodeStatus;
import io.campanile.application.operation.port.Backlog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class StatusLineTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);

    @Test
    void sumsTheLanesUpAndSaysHowLongTheOldestHasWaited() {
        var outcomes = new EnumMap<MessageState.Kind, Long>(MessageState.Kind.class);
        outcomes.put(MessageState.Kind.FAILED, 1L);
        outcomes.put(MessageState.Kind.SENT, 20L);
        var backlogs =
                List.of(
                        new Backlog(Lane.TRANSACTIONAL, 3, 2, NOON.minusSeconds(7)),
                        new Backlog(Lane.MARKETING, 40, 40, NOON.minusSeconds(90)));

        assertThat(StatusLine.of(new NodeStatus(backlogs, WINDOW, outcomes), NOON))
                .isEqualTo("backlog=43 oldest_waiting=90s last_minutes=5 failed=1 sent=20");
    }

    @Test
    void saysThatNothingWaits() {
        var backlogs = List.of(new Backlog(Lane.TRANSACTIONAL, 0, 0, null));

        assertThat(StatusLine.of(new NodeStatus(backlogs, WINDOW, Map.of()), NOON))
                .isEqualTo("backlog=0 oldest_waiting=none last_minutes=5");
    }

    @Test
    void tellsWhatHasSettledThoughTooMuchWaitsToBeCounted() {
        var outcomes = Map.of(MessageState.Kind.SENT, 20L);

        assertThat(StatusLine.of(new NodeStatus(List.of(), WINDOW, outcomes), NOON))
                .isEqualTo(
                        "backlog=unknown cause=could not be counted in time last_minutes=5"
                                + " sent=20");
    }

    @Test
    void saysThatThereIsNoneWhateverWentWrong() {
        assertThat(failing(new StoreUnavailable("away", new IllegalStateException())))
                .isEqualTo("the database is away cause=away");
        assertThat(failing(new IllegalStateException("a column is missing")))
                .isEqualTo("the status cannot be read");
    }

    private static String failing(RuntimeException problem) {
        return StatusLine.of(
                () -> {
                    throw problem;
                },
                NOON);
    }
}
