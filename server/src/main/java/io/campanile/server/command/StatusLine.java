package io.campanile.server.command;

import io.campanile.application.operation.NodeStatus;
import io.campanile.application.operation.port.Backlog;
import io.campanile.application.store.StoreUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// How a node is doing, in one line.
final class StatusLine {
    private static final Logger LOG = LoggerFactory.getLogger(StatusLine.class);

    private StatusLine() {}

    /// Whatever goes wrong with it: a line is no reason to end.
    static String of(Supplier<NodeStatus> status, Instant now) {
        try {
            return of(status.get(), now);
        } catch (StoreUnavailable e) {
            return "the database is away cause=" + e.reason();
        } catch (RuntimeException e) {
            LOG.error("the status cannot be read", e);
            return "the status cannot be read";
        }
    }

    static String of(NodeStatus status, Instant now) {
        String outcomes =
                status.outcomes().entrySet().stream()
                        .map(outcome ->
                                outcome.getKey().name().toLowerCase(Locale.ROOT)
                                        + "="
                                        + outcome.getValue())
                        .collect(Collectors.joining(" "));
        return "%s last_minutes=%d %s"
                .formatted(waiting(status.backlogs(), now), status.window().toMinutes(), outcomes)
                .strip();
    }

    private static String waiting(List<Backlog> backlogs, Instant now) {
        if (backlogs.isEmpty()) {
            return "backlog=unknown cause=could not be counted in time";
        }
        long open = backlogs.stream().mapToLong(Backlog::open).sum();
        String oldest =
                backlogs.stream()
                        .map(Backlog::oldestDueTime)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .map(time -> Duration.between(time, now).toSeconds() + "s")
                        .orElse("none");
        return "backlog=%d oldest_waiting=%s".formatted(open, oldest);
    }
}
