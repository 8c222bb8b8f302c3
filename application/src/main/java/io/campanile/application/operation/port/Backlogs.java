package io.campanile.application.operation.port;

import java.time.Instant;
import java.util.List;

/// Counts what waits. Thread-safe.
public interface Backlogs {
    /// One for each lane, in the lanes' order.
    List<Backlog> count(Instant now);
}
