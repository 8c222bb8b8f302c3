package io.campanile.application.delivery;

import io.campanile.application.delivery.port.Recording;
import io.campanile.domain.message.MessageState;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/// How many messages this node brought into each state during the last minutes. Thread-safe.
public final class OutcomeCounts implements OutcomeListener {
    /// What is looked back on.
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private record Minute(long minute, Map<MessageState.Kind, Long> counts) {}

    private final InstantSource clock;
    private final Deque<Minute> minutes = new ArrayDeque<>();

    public OutcomeCounts(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void recorded(Recording recording, boolean valid) {
        if (valid) {
            current().counts().merge(recording.state().kind(), 1L, Long::sum);
        }
    }

    /// The counts within the window; states that did not occur are absent.
    public synchronized Map<MessageState.Kind, Long> recent() {
        current();
        Map<MessageState.Kind, Long> sums = new EnumMap<>(MessageState.Kind.class);
        for (Minute minute : minutes) {
            minute.counts().forEach((kind, count) -> sums.merge(kind, count, Long::sum));
        }
        return sums;
    }

    private Minute current() {
        long now = clock.instant().getEpochSecond() / 60;
        // Later minutes are of a clock that was ahead.
        minutes.removeIf(
                minute -> minute.minute() <= now - WINDOW.toMinutes() || minute.minute() > now);
        if (minutes.isEmpty() || minutes.getLast().minute() != now) {
            minutes.addLast(new Minute(now, new EnumMap<>(MessageState.Kind.class)));
        }
        return minutes.getLast();
    }
}
