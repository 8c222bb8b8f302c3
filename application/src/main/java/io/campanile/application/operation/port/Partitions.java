package io.campanile.application.operation.port;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;

/// The daily partitions of messages and executions. Thread-safe; several nodes may call it at once.
public interface Partitions {
    /// For so long after their day was old enough, executions stay beside those of broadcasts that
    /// are not forgotten.
    Duration OTHERS_STAY = Duration.ofDays(2);

    /// Makes the partitions of the day of `now` and of the days ahead, without blocking writers. It
    /// costs little where they are there.
    void makeAhead(Instant now, Period ahead);

    /// Drops whole days older than the retention in which no message is open, or settled of late,
    /// without blocking writers. Executions of broadcasts that are not forgotten stay, and for
    /// [#OTHERS_STAY] all executions of their days, but nothing else of these.
    ///
    /// @param before days that were over by then are older
    /// @param settledBefore a day in which a message settled then or later stays
    /// @return how many days were dropped
    int dropOlderThan(Instant before, Instant settledBefore);
}
