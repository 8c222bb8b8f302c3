package io.campanile.application.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What waits for the intake, bounded by calls and by memory. Both are needed, because calls differ
/// by a factor of a thousand: a hundred of them may be a hundred short messages, or ten thousand
/// long ones. Thread-safe.
final class IntakeQueue {
    private static final int MOST_CALLS = 512;
    private static final int MOST_MESSAGES = 2_000;
    private static final long MOST_BYTES = 32L << 20;

    private final BlockingQueue<IntakeItem> waiting;
    private final AtomicLong bytes = new AtomicLong();
    private final long capacityBytes;

    /// @param capacity calls that may wait
    /// @param capacityBytes what they may hold together, with those that are being stored
    IntakeQueue(int capacity, long capacityBytes) {
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.capacityBytes = capacityBytes;
    }

    /// Whether there was room.
    boolean offer(IntakeItem item) {
        if (!take(item.bytes())) {
            return false;
        }
        boolean taken = waiting.offer(item);
        if (!taken) {
            release(item);
        }
        return taken;
    }

    private boolean take(long size) {
        long before;
        do {
            before = bytes.get();
            if (before + size > capacityBytes) {
                return false;
            }
        } while (!bytes.compareAndSet(before, before + size));
        return true;
    }

    boolean hasRoom() {
        return waiting.remainingCapacity() > 0 && bytes.get() < capacityBytes;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// The items of the next transaction, which is to end within a second or so: as many as wait,
    /// up to a number of calls, of messages or of bytes, whichever comes first. None when nothing
    /// came within that time.
    List<IntakeItem> poll(long millis) throws InterruptedException {
        List<IntakeItem> batch = new ArrayList<>();
        long messages = 0;
        long size = 0;
        IntakeItem next = waiting.poll(millis, TimeUnit.MILLISECONDS);
        while (next != null) {
            batch.add(next);
            messages += next.execution().messages().size();
            size += next.bytes();
            boolean isFull =
                    batch.size() >= MOST_CALLS || messages >= MOST_MESSAGES || size >= MOST_BYTES;
            next = isFull ? null : waiting.poll();
        }
        return batch;
    }

    /// Makes room again for what has been answered.
    void release(IntakeItem item) {
        bytes.addAndGet(-item.bytes());
    }
}
