package io.campanile.grpc.call;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.v1.ErrorReason;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The calls of a node whose requests are not here whole. Their bytes are in the network's buffers,
/// and nobody knows whether the rest will ever come: so each has a time limit; and when all have
/// too many bytes, the oldest of whoever has most make room. Thread-safe.
public final class Arrivals {
    private static final System.Logger LOG = System.getLogger(Arrivals.class.getName());

    /// How often it is looked for late ones while one may arrive.
    private static final int LOOKS = 30;

    private final long most;
    private final Duration patience;
    private final AtomicLong bytes = new AtomicLong();
    private final Set<Arrival> all = ConcurrentHashMap.newKeySet();

    /// @param most bytes of all
    /// @param patience how long a request may take
    Arrivals(long most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    void add(Arrival arrival) {
        all.add(arrival);
    }

    void remove(Arrival arrival) {
        all.remove(arrival);
    }

    /// Adds bytes that are here anyway; negative ones are given back.
    void add(long more) {
        bytes.addAndGet(more);
    }

    /// Whether there is room for what is here, made by ending others if need be.
    boolean hasRoom() {
        if (bytes.get() > most) {
            makeRoom();
        }
        return bytes.get() <= most;
    }

    private synchronized void makeRoom() {
        if (bytes.get() <= most) {
            return;
        }
        Map<Optional<WorkspaceId>, List<Arrival>> byHolder =
                all.stream()
                        .filter(arrival -> arrival.unfinished() > 0)
                        .collect(groupingBy(Arrival::holder));
        byHolder.values().stream()
                .max(comparingLong(Arrivals::bytes))
                .ifPresent(Arrivals::endOldest);
    }

    private static long bytes(List<Arrival> arrivals) {
        return arrivals.stream().mapToLong(Arrival::unfinished).sum();
    }

    /// Half of the bytes: so that not everything that comes next has to look for room again.
    private static void endOldest(List<Arrival> ofOne) {
        long left = bytes(ofOne) / 2;
        long now = System.nanoTime();
        List<Arrival> oldestFirst = new ArrayList<>(ofOne);
        oldestFirst.sort(comparingLong((Arrival arrival) -> arrival.age(now)).reversed());
        List<Arrival> ended = new ArrayList<>();
        for (Arrival arrival : oldestFirst) {
            if (left <= 0) {
                break;
            }
            long gained = arrival.unfinished();
            if (arrival.giveUpIfUnfinished()) {
                left -= gained;
                ended.add(arrival);
            }
        }
        // By a thread that has no other call's lock.
        CallThreads.named("arrivals")
                .start(() -> ended.forEach(each -> end(each, Arrival::refuseAsFull)));
    }

    /// Ends late ones until the thread is interrupted.
    public void endLateOnes() {
        try {
            while (true) {
                Thread.sleep(patience.dividedBy(LOOKS));
                endThoseThatAreLate();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endThoseThatAreLate() {
        long now = System.nanoTime();
        long seconds = patience.toSeconds();
        for (Arrival arrival : all) {
            if (arrival.giveUpIfLate(now, patience.toNanos())) {
                end(
                        arrival,
                        each ->
                                each.refuse(
                                        late(
                                                "the rest of the request did not come within "
                                                        + seconds
                                                        + " seconds")));
            }
        }
    }

    /// A call that cannot be closed keeps no other from being ended.
    private static void end(Arrival arrival, Consumer<Arrival> refusal) {
        try {
            refusal.accept(arrival);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a call could not be ended", e);
        }
    }

    /// What was to come did not come in time.
    public static StatusRuntimeException late(String text) {
        return GrpcErrors.error(
                Code.DEADLINE_EXCEEDED, ErrorReason.ERROR_REASON_REQUEST_LATE, text, Map.of());
    }

    /// The bytes of all.
    public long bytes() {
        return bytes.get();
    }
}
