package io.campanile.application.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Says in the log what waits, mostly for the database, and why. What waits is tried many times a
/// second, so each cause gets a line every few seconds only. Thread-safe.
public final class OutageLog {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final System.Logger log;
    private final Duration pause;
    private final LongSupplier nanoTime;

    /// When each cause was written last. There are few: no reason names a row or a message.
    private final Map<String, Long> written = new ConcurrentHashMap<>();

    /// For one kind of line.
    public OutageLog(Class<?> writer) {
        this(writer, System::nanoTime);
    }

    /// @param nanoTime ascending
    OutageLog(Class<?> writer, LongSupplier nanoTime) {
        this(writer, PAUSE, nanoTime);
    }

    /// For what nobody needs to be told so often.
    ///
    /// @param pause between two lines of one cause
    /// @param nanoTime ascending
    public OutageLog(Class<?> writer, Duration pause, LongSupplier nanoTime) {
        this.pause = pause;
        this.log = System.getLogger(writer.getName());
        this.nanoTime = nanoTime;
    }

    /// Says it, unless it was said just now.
    ///
    /// @param what waits, or fails, with what is known of it
    public void warn(String what, StoreUnavailable why) {
        warn(what, why.reason());
    }

    /// As [#warn(String, StoreUnavailable)], where something else than the store is the cause.
    ///
    /// @param cause one of few: each is said by itself
    public void warn(String what, String cause) {
        if (isDue(cause)) {
            log.log(System.Logger.Level.WARNING, what + " cause=" + cause);
        }
    }

    /// As [#warn(String, StoreUnavailable)], for a defect: with its stack trace.
    public void error(String what, RuntimeException defect) {
        if (isDue(defect.getClass().getName())) {
            log.log(System.Logger.Level.ERROR, what, defect);
        }
    }

    private boolean isDue(String reason) {
        long now = nanoTime.getAsLong();
        Long last = written.get(reason);
        if (last == null) {
            return written.putIfAbsent(reason, now) == null;
        }
        return now - last >= pause.toNanos() && written.replace(reason, last, now);
    }
}
