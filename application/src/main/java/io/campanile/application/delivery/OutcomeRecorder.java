package io.campanile.application.delivery;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.store.Halves;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.eligibility.ReservationFate;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.suppression.Bounce;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Records the outcomes of one channel configuration by group commit: whatever gathered while one
/// transaction ran goes into the next. A row that somebody else keeps locked, or a slow batch,
/// holds up no other configuration's. An outcome stays here until the database has it; while the
/// database is away nothing is lost and nothing new is handed over, because slots are only given
/// back afterwards. Thread-safe.
///
/// A batch that is refused is tried again by [Halves] until the message at fault is found. This one
/// is left in `SENDING`, in doubt as after a crash: whoever claims it when the claim's lease is
/// over settles it. Its slot becomes free, because otherwise the provider would stand still. So
/// each such outcome, and nothing else, leaves one message more in doubt than there are slots. Each
/// is logged, and was tried for a while before: even if a defect refuses all outcomes, no more than
/// a few a second end like that.
final class OutcomeRecorder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OutcomeRecorder.class.getName());
    private static final int LARGEST_BATCH = 500;
    private static final int MOST_WAITING = 4_096;
    private static final long LOOK_UP_EVERY_MILLIS = 50;

    /// After so many looks in vain, a second, its thread ends: channel configurations come and go,
    /// and most of them have nothing to record for long.
    private static final int MOST_LOOKS = 20;

    private static final Duration RETRY_DELAY = Duration.ofMillis(200);

    /// How often an outcome is refused before it is given up.
    private static final int MOST_REFUSALS = 3;

    /// While outcomes come in numbers, some moments gather more of them into one transaction.
    private static final Duration LINGER = Duration.ofMillis(3);

    /// With fewer slots than this there is nothing to gather.
    private static final int BUSY_BATCH = 8;

    private record Entry(Recording recording, Consequences consequences, OutcomeListener listener) {
        Claim claim() {
            return recording.claim();
        }
    }

    private final DeliveryPorts ports;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final OutageLog outages = new OutageLog(OutcomeRecorder.class);
    private final String name;

    /// What records at the moment; changed under this object's lock.
    private volatile @Nullable Thread writer;

    private volatile boolean closing;

    OutcomeRecorder(DeliveryPorts ports, String name) {
        this.ports = ports;
        this.name = "record-" + name;
    }

    /// Waits while too many outcomes are on their way; the listener is called on the recorder's
    /// thread.
    void submit(Recording recording, OutcomeListener listener) throws InterruptedException {
        submit(recording, Consequences.NONE, listener);
    }

    /// As [#submit(Recording, OutcomeListener)], with what follows from the outcome besides.
    void submit(Recording recording, Consequences consequences, OutcomeListener listener)
            throws InterruptedException {
        waiting.put(new Entry(recording, consequences, listener));
        requireWriter();
    }

    /// As [#submit(Recording, Consequences, OutcomeListener)], but never waits: says whether there
    /// was room, and does nothing without.
    boolean offer(Recording recording, Consequences consequences, OutcomeListener listener) {
        boolean taken = waiting.offer(new Entry(recording, consequences, listener));
        requireWriter();
        return taken;
    }

    private void requireWriter() {
        if (writer == null) {
            startWriter();
        }
    }

    private synchronized void startWriter() {
        if (writer == null) {
            Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
            thread.start();
            writer = thread;
        }
    }

    /// Ends it, or says false where an outcome was submitted just now, by somebody who may have
    /// seen this thread still.
    private synchronized boolean tryToEndWriter() {
        Thread self = writer;
        writer = null;
        if (waiting.isEmpty()) {
            return true;
        }
        writer = self;
        return false;
    }

    /// The next outcome starts another one.
    private synchronized void abandonWriter() {
        writer = null;
    }

    private synchronized @Nullable Thread writer() {
        return writer;
    }

    /// Records what is left, as long as the database answers, and ends: without waiting for that.
    void end() {
        closing = true;
    }

    /// As [#end], and waits for it.
    @Override
    public void close() {
        end();
        try {
            for (Thread running = writer(); running != null; running = writer()) {
                running.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean inOrder = false;
        try {
            do {
                recordUntilIdle();
            } while (!tryToEndWriter());
            inOrder = true;
        } finally {
            if (!inOrder) {
                abandonWriter();
            }
        }
    }

    private void recordUntilIdle() {
        List<Entry> batch = new ArrayList<>();
        boolean busy = false;
        int looks = 0;
        while (looks < MOST_LOOKS && (!closing || !waiting.isEmpty())) {
            try {
                Entry first = waiting.poll(LOOK_UP_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    looks++;
                    continue;
                }
                looks = 0;
                batch.add(first);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread: it ends by close(), after its last batch.
                throw new IllegalStateException("the recorder was interrupted", e);
            }
            if (busy) {
                LockSupport.parkNanos(LINGER.toNanos());
            }
            waiting.drainTo(batch, LARGEST_BATCH - 1);
            busy = batch.size() >= BUSY_BATCH;
            record(batch);
            batch.clear();
        }
    }

    /// Records a batch in which each message stands once. The store answers which messages' claims
    /// were valid, by message only, and a node that was taken for dead may have had one message
    /// under two claims.
    private void record(List<Entry> batch) {
        var messages = new HashSet<MessageId>();
        Map<Boolean, List<Entry>> once =
                batch.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        entry -> messages.add(entry.claim().message())));
        recordTogether(once.getOrDefault(true, List.of()));
        if (messages.size() < batch.size()) {
            record(once.getOrDefault(false, List.of()));
        }
    }

    private void recordTogether(List<Entry> batch) {
        Optional<Set<MessageId>> valid = recordUntilDurable(batch);
        if (valid.isEmpty()) {
            Halves.of(batch).forEach(this::recordTogether);
            return;
        }
        for (Entry entry : batch) {
            tell(entry, valid.get().contains(entry.claim().message()));
        }
    }

    private static void tell(Entry entry, boolean valid) {
        try {
            entry.listener().recorded(entry.recording(), valid);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "nobody could be told of an outcome message="
                            + entry.recording().claim().message(),
                    e);
        }
    }

    /// What else follows is written with the outcomes, and only for messages whose claim was still
    /// valid.
    private Set<MessageId> recordNow(List<Entry> batch) {
        List<Recording> recordings = batch.stream().map(Entry::recording).toList();
        if (batch.stream().allMatch(entry -> entry.consequences().equals(Consequences.NONE))) {
            return ports.queue().record(recordings);
        }
        return ports.transactions()
                .inTransaction(() -> {
                    Set<MessageId> valid = ports.queue().record(recordings);
                    follow(
                            batch.stream()
                                    .filter(entry -> valid.contains(entry.claim().message()))
                                    .toList());
                    return valid;
                });
    }

    private void follow(List<Entry> valid) {
        ports.reservations().giveBack(claims(valid, ReservationFate.GIVEN_BACK));
        ports.reservations().keep(claims(valid, ReservationFate.KEPT));
        ports.bounced()
                .take(
                        valid.stream()
                                .flatMap(entry -> entry.consequences().bounce().stream())
                                .sorted(Comparator.comparing(Bounce::time))
                                .toList(),
                        ports.clock().instant());
    }

    private static List<Claim> claims(List<Entry> entries, ReservationFate fate) {
        return entries.stream()
                .filter(entry -> entry.consequences().fate() == fate)
                .map(Entry::claim)
                .toList();
    }

    /// Those whose claim was still valid; empty when some of the batch is refused.
    private Optional<Set<MessageId>> recordUntilDurable(List<Entry> batch) {
        int refusals = 0;
        while (true) {
            try {
                return Optional.of(recordNow(batch));
            } catch (StoreUnavailable e) {
                outages.warn("outcomes wait for the database count=" + batch.size(), e);
                if (closing) {
                    // The rows stay in SENDING: whoever claims them next knows that they are in
                    // doubt.
                    return Optional.of(Set.of());
                }
            } catch (RuntimeException e) {
                if (batch.size() > 1) {
                    return Optional.empty();
                }
                refusals++;
                if (refusals == MOST_REFUSALS || closing) {
                    logGivenUp(batch.getFirst(), e);
                    return Optional.of(Set.of());
                }
            }
            LockSupport.parkNanos(RETRY_DELAY.toNanos());
        }
    }

    private static void logGivenUp(Entry entry, RuntimeException e) {
        LOG.log(
                System.Logger.Level.ERROR,
                "an outcome cannot be recorded, its message is in doubt message="
                        + entry.claim().message(),
                e);
    }
}
