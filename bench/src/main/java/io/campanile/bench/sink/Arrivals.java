package io.campanile.bench.sink;

import io.campanile.bench.process.Times;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What arrived: how often each Message-ID, and when the mail of each recipient `r<number>@…` came
/// first. Thread-safe.
public final class Arrivals {
    private volatile Run run = new Run(0);

    private static final Pattern EXPECTED = Pattern.compile("r(\\d{1,9})@");

    /// One run of so many mails.
    private static final class Run {
        private final Map<String, Integer> counts = new ConcurrentHashMap<>();
        private final long[] micros;
        private final LongAdder total = new LongAdder();
        private final AtomicLong lastMicros = new AtomicLong();

        Run(int mails) {
            micros = new long[mails];
        }
    }

    /// Forgets what came and expects recipients `r0` to `r<mails - 1>`.
    public void expect(int mails) {
        run = new Run(mails);
    }

    void take(String recipient, String messageId) {
        Run current = run;
        long now = Times.nowMicros();
        current.counts.merge(messageId, 1, Integer::sum);
        current.total.increment();
        current.lastMicros.accumulateAndGet(now, Math::max);
        int number = number(recipient);
        if (number < current.micros.length && current.micros[number] == 0) {
            current.micros[number] = now;
        }
    }

    /// When each recipient's mail came, in microseconds since 1970; 0 where none came.
    long[] micros() {
        return run.micros.clone();
    }

    long total() {
        return run.total.sum();
    }

    /// Mails beyond the first with the same Message-ID.
    long doubled() {
        return run.counts.values().stream().mapToLong(count -> count - 1L).sum();
    }

    long lastMicros() {
        return run.lastMicros.get();
    }

    /// Others than the expected may write too: the sink takes everything.
    private static int number(String recipient) {
        Matcher matcher = EXPECTED.matcher(recipient);
        return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
    }
}
