package io.campanile.application.trigger;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, then a 12-bit counter that keeps the
/// ids of one node in order within a millisecond, then 62 random bits. Thread-safe.
public final class TimeOrderedIds {
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int COUNTER_BITS = 12;
    private static final int DRAWN_BYTES = 2_048;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicLong last = new AtomicLong();

    /// Drawn ahead: a secure generator takes as long for one number as for hundreds.
    private final LongBuffer drawn = LongBuffer.allocate(DRAWN_BYTES / Long.BYTES).limit(0);

    /// Starts with the clock's present.
    ///
    /// @param random thread-safe and unpredictable
    public TimeOrderedIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /// An id after every id given before, even when the clock was set back.
    public UUID next() {
        long now = clock.millis() << COUNTER_BITS;
        long ticket = last.updateAndGet(before -> Math.max(now, before + 1));
        long millis = ticket >>> COUNTER_BITS;
        long counter = ticket & ((1 << COUNTER_BITS) - 1);
        long high = millis << 16 | VERSION_7 | counter;
        return new UUID(high, VARIANT | randomBits() >>> 2);
    }

    private long randomBits() {
        synchronized (drawn) {
            if (!drawn.hasRemaining()) {
                byte[] bytes = new byte[DRAWN_BYTES];
                random.nextBytes(bytes);
                drawn.clear().put(ByteBuffer.wrap(bytes).asLongBuffer()).flip();
            }
            return drawn.get();
        }
    }
}
