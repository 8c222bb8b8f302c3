package io.campanile.channels.email;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// The kept connections of one channel configuration: at most so many at once, the latest used
/// first, checked after idling, closed when old even if nobody needs one any more. Thread-safe.
final class SmtpConnections {
    private final SmtpEndpoint endpoint;
    private final SignIn signIn;
    private final Rules rules;
    private final LongSupplier nanoTime;
    private final Semaphore permits;
    private final Deque<Kept> idle = new ArrayDeque<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Set<Thread> waiting = new HashSet<>();
    private boolean retired;
    private boolean closed;
    private boolean closingPlanned;

    /// When a kept connection is looked at and given up.
    ///
    /// @param checkAfterIdle after which time unused it is checked with NOOP
    /// @param oldest at which age it is closed
    /// @param restAfterRefusal how long nobody connects after a sign-in was refused, at first
    record Rules(int most, Duration checkAfterIdle, Duration oldest, Duration restAfterRefusal) {}

    private record Kept(SmtpConnection connection, long openedAt, long usedAt) {}

    SmtpConnections(SmtpEndpoint endpoint, Rules rules, LongSupplier nanoTime) {
        this.endpoint = endpoint;
        this.signIn = new SignIn(rules.restAfterRefusal(), nanoTime);
        this.rules = rules;
        this.nanoTime = nanoTime;
        this.permits = new Semaphore(rules.most(), true);
    }

    /// Told when a connection is there to be used or to be opened.
    interface Free {
        /// Told before anything is sent over it.
        ///
        /// @throws InterruptedException when it is not to be used any more
        void run() throws InterruptedException;
    }

    /// Waits for a connection, which its closing gives back.
    Lease borrow(Free free) throws ConnectionFailed, InterruptedException {
        awaitPermit();
        boolean borrowed = false;
        try {
            free.run();
            Kept kept = usableIdle();
            var lease = new Lease(kept == null ? connect() : kept);
            borrowed = true;
            return lease;
        } finally {
            if (!borrowed) {
                permits.release();
            }
        }
    }

    private void awaitPermit() throws InterruptedException {
        if (permits.tryAcquire(0, TimeUnit.SECONDS)) {
            return;
        }
        synchronized (waiting) {
            if (retired) {
                throw new InterruptedException("nobody waits any longer");
            }
            waiting.add(Thread.currentThread());
        }
        try {
            permits.acquire();
        } finally {
            synchronized (waiting) {
                waiting.remove(Thread.currentThread());
            }
        }
        if (Thread.interrupted()) {
            permits.release();
            throw new InterruptedException("too late");
        }
    }

    /// A borrowed connection; dropped when it is closed before anybody called it whole.
    final class Lease implements AutoCloseable {
        private @Nullable Kept kept;
        private SmtpConnection connection;
        private boolean whole;

        private Lease(Kept kept) {
            this.kept = kept;
            this.connection = kept.connection;
        }

        SmtpConnection connection() {
            return connection;
        }

        /// The connection is between two mails and can be used again.
        void whole() {
            whole = true;
        }

        /// A fresh connection in place of one that broke.
        void replace() throws ConnectionFailed {
            dropKept();
            Kept fresh = connect();
            kept = fresh;
            connection = fresh.connection;
        }

        private void dropKept() {
            if (kept != null) {
                drop(kept);
                kept = null;
            }
        }

        @Override
        public void close() {
            try {
                if (whole && kept != null) {
                    giveBack(kept);
                } else {
                    dropKept();
                }
            } finally {
                permits.release();
            }
        }
    }

    private Kept connect() throws ConnectionFailed {
        SmtpConnection connection = signIn.connect(endpoint::connect);
        open.incrementAndGet();
        long now = nanoTime.getAsLong();
        return new Kept(connection, now, now);
    }

    private @Nullable Kept usableIdle() throws InterruptedException {
        closeOld();
        for (Kept kept = pollIdle(); kept != null; kept = pollIdle()) {
            boolean fresh = nanoTime.getAsLong() - kept.usedAt <= rules.checkAfterIdle().toNanos();
            if (fresh || kept.connection.isConnected()) {
                return kept;
            }
            drop(kept);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("too late");
            }
        }
        return null;
    }

    /// Closes what is idle and old.
    void closeOld() {
        List<Kept> old = new ArrayList<>();
        synchronized (idle) {
            idle.removeIf(kept -> isOld(kept) && old.add(kept));
        }
        old.forEach(this::quit);
    }

    private boolean isOld(Kept kept) {
        return nanoTime.getAsLong() - kept.openedAt > rules.oldest().toNanos();
    }

    private void quit(Kept kept) {
        kept.connection.quit();
        open.decrementAndGet();
    }

    /// Plans another look at what idles. One at a time, so what is old may idle for half its age
    /// more.
    private void planClosing() {
        synchronized (idle) {
            if (closingPlanned || idle.isEmpty()) {
                return;
            }
            closingPlanned = true;
        }
        CompletableFuture.delayedExecutor(
                        rules.oldest().toNanos() / 2,
                        TimeUnit.NANOSECONDS,
                        Thread.ofVirtual().name("smtp-close-old")::start)
                .execute(this::closeAsPlanned);
    }

    private void closeAsPlanned() {
        synchronized (idle) {
            closingPlanned = false;
        }
        closeOld();
        planClosing();
    }

    private @Nullable Kept pollIdle() {
        synchronized (idle) {
            return idle.pollFirst();
        }
    }

    private void giveBack(Kept kept) {
        if (keep(kept)) {
            planClosing();
        } else {
            quit(kept);
        }
    }

    private boolean keep(Kept kept) {
        synchronized (idle) {
            if (closed || !kept.connection.isUsable()) {
                return false;
            }
            idle.addFirst(new Kept(kept.connection, kept.openedAt, nanoTime.getAsLong()));
            return true;
        }
    }

    private void drop(Kept kept) {
        kept.connection.abort();
        open.decrementAndGet();
    }

    int open() {
        return open.get();
    }

    /// Closes as [#close], and sends away whoever waits, now and later.
    void retire() {
        synchronized (waiting) {
            retired = true;
            waiting.forEach(Thread::interrupt);
        }
        close();
    }

    /// Closes what is idle now and everything else when it is given back.
    void close() {
        synchronized (idle) {
            closed = true;
        }
        for (Kept kept = pollIdle(); kept != null; kept = pollIdle()) {
            quit(kept);
        }
    }
}
