package io.campanile.persistence.operation;

import io.campanile.application.operation.port.Backlog;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.domain.message.Lane;
import io.campanile.persistence.Store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;

/// Counts the queue, which is as large as the backlog.
public final class JdbiBacklogs implements Backlogs {
    private static final String COUNT =
            """
            SELECT count(*) AS open,
              count(*) FILTER (WHERE due_time <= :now AND owner IS NULL) AS due,
              min(due_time) FILTER (WHERE due_time <= :now AND owner IS NULL) AS oldest_due_time
            FROM message_queue
            WHERE lane = :lane
            """;

    private final Store store;

    public JdbiBacklogs(Store store) {
        this.store = store;
    }

    @Override
    public List<Backlog> count(Instant now) {
        return Arrays.stream(Lane.values()).map(lane -> count(lane, now)).toList();
    }

    private Backlog count(Lane lane, Instant now) {
        return store.inStatement(handle ->
                handle.createQuery(COUNT)
                        .bind("lane", lane.name())
                        .bind("now", now)
                        .map((row, _) -> {
                            var oldest = row.getObject("oldest_due_time", OffsetDateTime.class);
                            return new Backlog(
                                    lane,
                                    row.getLong("open"),
                                    row.getLong("due"),
                                    oldest == null ? null : oldest.toInstant());
                        })
                        .one());
    }
}
