package io.campanile.grpc.call;

import io.campanile.domain.workspace.WorkspaceId;
import io.grpc.Context;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What of one call's requests is on its way. The transport's thread adds bytes, the call's takes
/// requests, and others may end it: its own lock is held while nobody else's is waited for.
/// Thread-safe.
final class Arrival extends ServerStreamTracer {
    private static final Context.Key<Arrival> CURRENT = Context.key("arrival");

    /// With each further so many bytes, the time that a request has begins anew.
    private static final long STEP_BYTES = 64 << 10;

    private final Arrivals arrivals;
    private final HeldBytes held;
    private volatile @Nullable Guarded guarded;
    private boolean awaited;
    private long since;
    private long unfinished;

    /// What is here whole and was not parsed yet.
    private long unread;

    private boolean over;

    /// Whether it was given up before it was whole: what comes all the same is not begun.
    private boolean givenUp;

    /// The call and its limits.
    ///
    /// @param limitBytes what a request may have, for the error
    /// @param mostReadBytes what is read of one before the call ends
    /// @param holder absent where no key is asked for
    record Guarded(
            GatedCall<?, ?> call,
            int limitBytes,
            long mostReadBytes,
            @Nullable WorkspaceId holder) {}

    Arrival(Arrivals arrivals, HeldBytes held) {
        this.arrivals = arrivals;
        this.held = held;
    }

    /// That of the current call; absent without a transport that is watched.
    static @Nullable Arrival current() {
        return CURRENT.get();
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(CURRENT, this);
    }

    HeldBytes held() {
        return held;
    }

    /// From now on the call asks for requests. One that takes a single request waits for it from
    /// the start, a stream for each message from its first byte.
    void begin(Guarded call) {
        guarded = call;
        WorkspaceId holder = call.holder();
        if (holder != null) {
            held.countFor(holder);
        }
        boolean single = call.call().getMethodDescriptor().getType().clientSendsOneMessage();
        synchronized (this) {
            if (!over) {
                await(single);
                arrivals.add(this);
            }
        }
    }

    private void await(boolean something) {
        awaited = something;
        since = something ? System.nanoTime() : 0;
    }

    @Override
    public void inboundWireSize(long more) {
        Guarded known = guarded;
        if (known == null) {
            throw new IllegalStateException("a request of a call without limit");
        }
        long bytes = add(more);
        if (bytes > known.mostReadBytes()) {
            refuse(GateErrors.requestTooLarge(known.limitBytes()));
        } else if (!arrivals.hasRoom() && bytes > RequestBudget.SMALL_BYTES) {
            refuseAsFull();
        }
    }

    /// The bytes of the request that arrives.
    private synchronized long add(long more) {
        if (over) {
            return 0;
        }
        if (!awaited) {
            await(true);
        }
        long before = unfinished;
        unfinished += more;
        arrivals.add(more);
        if (before / STEP_BYTES < unfinished / STEP_BYTES) {
            // It does come, however slow the way is that others share.
            since = System.nanoTime();
        }
        return unfinished;
    }

    @Override
    public synchronized void inboundMessageRead(int number, long wireSize, long uncompressedSize) {
        unread += unfinished;
        unfinished = 0;
        Guarded known = guarded;
        if (known != null
                && !known.call().getMethodDescriptor().getType().clientSendsOneMessage()) {
            await(false);
        }
    }

    /// What was here whole was parsed: from now on [HeldBytes] counts it.
    synchronized void parsed() {
        arrivals.add(-unread);
        unread = 0;
    }

    /// Nothing more comes.
    ///
    /// @return false when it was given up before
    synchronized boolean complete() {
        await(false);
        arrivals.remove(this);
        return !givenUp;
    }

    synchronized boolean isGivenUp() {
        return givenUp;
    }

    @Override
    public void streamClosed(Status status) {
        giveUp();
        held.streamClosed();
    }

    /// Gives it up if it is late; whoever does so closes the call.
    synchronized boolean giveUpIfLate(long now, long patienceNanos) {
        givenUp |= age(now) >= patienceNanos;
        return givenUpNow();
    }

    /// Gives it up unless it is whole by now; whoever does so closes the call.
    synchronized boolean giveUpIfUnfinished() {
        givenUp |= unfinished() > 0;
        return givenUpNow();
    }

    private boolean givenUpNow() {
        if (over || !givenUp) {
            return false;
        }
        giveUp();
        return true;
    }

    /// What comes from now on counts no more.
    private synchronized void giveUp() {
        over = true;
        arrivals.add(-unfinished - unread);
        unfinished = 0;
        unread = 0;
        var _ = complete();
    }

    void refuseAsFull() {
        held.refused("requests that have not arrived whole");
        refuse(GateErrors.requestsFull());
    }

    void refuse(StatusRuntimeException error) {
        Guarded known = guarded;
        if (known != null) {
            Refusals.close(known.call(), error);
        }
    }

    Optional<WorkspaceId> holder() {
        Guarded known = guarded;
        return known == null ? Optional.empty() : Optional.ofNullable(known.holder());
    }

    /// The bytes that are gained when it is given up.
    synchronized long unfinished() {
        return awaited ? unfinished : 0;
    }

    /// For how long something has been awaited; negative when nothing is.
    synchronized long age(long now) {
        return awaited ? now - since : -1;
    }
}
