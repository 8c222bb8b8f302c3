package io.campanile.testkit.delivery;

import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// A provider that takes everything at once, unless it is told to answer otherwise, to stall or to
/// be out of order. Thread-safe.
public final class InMemoryProvider implements Provider {
    private static final AttemptOutcome TAKEN =
            new AttemptOutcome.Taken(new ProviderReply(250, "2.0.0"));

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<OutgoingEmail> handedOver = new ArrayList<>();
    private final List<OutgoingEmail> taken = new ArrayList<>();
    private final Deque<AttemptOutcome> next = new ArrayDeque<>();

    private Function<OutgoingEmail, AttemptOutcome> answer = _ -> TAKEN;
    private Duration outOfOrder = Duration.ZERO;
    private int slots;
    private boolean stalling;
    private int lettingGo;
    private boolean closed;
    private int slotsTaken;
    private int mostSlotsTaken;
    private int running;

    public InMemoryProvider(int slots) {
        this.slots = slots;
    }

    /// Answers each mail like this from now on.
    public void answer(Function<OutgoingEmail, AttemptOutcome> newAnswer) {
        locked(() -> answer = newAnswer);
    }

    /// Answers the next mails like this, one each, before it goes on as before.
    public void answerNext(AttemptOutcome... outcomes) {
        locked(() -> next.addAll(List.of(outcomes)));
    }

    /// Hand-overs begin and do not end until [#goOn].
    public void stall() {
        locked(() -> stalling = true);
    }

    /// While it stalls, lets that many hand-overs end.
    public void letGo(int count) {
        locked(() -> {
            lettingGo = count;
            changed.signalAll();
            return lettingGo;
        });
    }

    public void goOn() {
        locked(() -> {
            stalling = false;
            changed.signalAll();
            return stalling;
        });
    }

    /// Gives no permits, like an open breaker, and names this wait; zero to be in order again.
    public void outOfOrder(Duration wait) {
        locked(() -> outOfOrder = wait);
    }

    /// Every mail that was handed over, whatever the answer.
    public List<OutgoingEmail> handedOver() {
        return locked(() -> List.copyOf(handedOver));
    }

    /// The mails it took.
    public List<OutgoingEmail> taken() {
        return locked(() -> List.copyOf(taken));
    }

    public int mostSlotsTaken() {
        return locked(() -> mostSlotsTaken);
    }

    /// Hand-overs that have begun and not ended.
    public int running() {
        return locked(() -> running);
    }

    @Override
    public int acquire(int wanted) {
        return locked(() -> {
            if (closed || !outOfOrder.isZero()) {
                return 0;
            }
            int given = Math.clamp(slots - slotsTaken, 0, wanted);
            slotsTaken += given;
            mostSlotsTaken = Math.max(mostSlotsTaken, slotsTaken);
            return given;
        });
    }

    @Override
    public Duration retryIn() {
        return locked(() -> outOfOrder);
    }

    @Override
    public void release(int permits) {
        locked(() -> {
            if (permits > slotsTaken) {
                throw new IllegalStateException(
                        permits + " permits given back, " + slotsTaken + " taken");
            }
            slotsTaken -= permits;
            return slotsTaken;
        });
    }

    @Override
    public AttemptOutcome handOver(OutgoingEmail email, BooleanSupplier stillWanted) {
        lock.lock();
        try {
            handedOver.add(email);
            running++;
            while (stalling && lettingGo == 0) {
                changed.awaitUninterruptibly();
            }
            lettingGo = Math.max(0, lettingGo - 1);
            if (!stillWanted.getAsBoolean()) {
                return new AttemptOutcome.NotBegun();
            }
            AttemptOutcome outcome = next.isEmpty() ? answer.apply(email) : next.remove();
            if (outcome instanceof AttemptOutcome.Taken) {
                taken.add(email);
            }
            return outcome;
        } finally {
            running--;
            changed.signalAll();
            lock.unlock();
        }
    }

    @Override
    public ProviderStatus status() {
        return locked(() ->
                new ProviderStatus(
                        outOfOrder.isZero() ? Breaker.CLOSED : Breaker.OPEN,
                        0,
                        slotsTaken,
                        slots,
                        0));
    }

    /// Opened again, by the next node or for a configuration that has changed.
    void reopen(int newSlots) {
        locked(() -> {
            slots = newSlots;
            closed = false;
            return closed;
        });
    }

    @Override
    public void retire() {
        locked(() -> closed = true);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (running > 0) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
