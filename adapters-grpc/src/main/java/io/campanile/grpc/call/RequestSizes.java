package io.campanile.grpc.call;

import io.campanile.domain.workspace.WorkspaceId;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;

import java.time.Duration;

/// Ends a call with details as soon as one of its requests has outgrown what is worth reading on,
/// takes too long to arrive, or all requests together are what the node can hold. The transport
/// would do so with a bare status, so its own limit is to be out of reach.
public final class RequestSizes extends ServerStreamTracer.Factory {
    /// What is read of a request before the call ends. Far above what a request may have: one that
    /// is only too large is read, so that a stream can answer it and go on.
    static final long MOST_READ_BYTES = 16 << 20;

    /// In the network's buffers, as unread answers are.
    private static final long MOST_ARRIVING = 64 << 20;

    private static final int SHARE_OF_HEAP = 8;

    /// A megabyte at a third of a megabit each second.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final RequestSizes NONE =
            new RequestSizes(
                    new RequestBudget(Long.MAX_VALUE / 4), Long.MAX_VALUE, Duration.ofDays(1));

    private final RequestBudget budget;
    private final Arrivals arrivals;

    /// Limits for all calls of a server.
    ///
    /// @param budget of all calls
    /// @param mostArriving bytes of all requests that are not whole
    /// @param patience how long a request may take to arrive
    public RequestSizes(RequestBudget budget, long mostArriving, Duration patience) {
        this.budget = budget;
        this.arrivals = new Arrivals(mostArriving, patience);
    }

    /// Limits for a node with this heap.
    public static RequestSizes ofHeap() {
        long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        return new RequestSizes(RequestBudget.ofHeap(), Math.min(share, MOST_ARRIVING), PATIENCE);
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return newArrival();
    }

    private Arrival newArrival() {
        return new Arrival(arrivals, new HeldBytes(budget));
    }

    /// The requests that are not whole.
    public Arrivals arrivals() {
        return arrivals;
    }

    /// Has the current call closed when a request is too large or too slow. Comes before the call
    /// asks for any: of others nothing is read.
    ///
    /// @param call may be closed twice, and by any thread
    /// @param holder of the key
    static void guard(GatedCall<?, ?> call, WorkspaceId holder) {
        call.arrival()
                .begin(
                        new Arrival.Guarded(
                                call, CheckedMarshaller.LIMIT_BYTES, MOST_READ_BYTES, holder));
    }

    /// As [#guard], of a call without a key.
    ///
    /// @param limitBytes what a request may have; of more nothing is read
    static void guardOpen(GatedCall<?, ?> call, int limitBytes) {
        call.arrival().begin(new Arrival.Guarded(call, limitBytes, limitBytes, null));
    }

    /// What of the current call's requests is on its way. Without a transport that is watched
    /// nothing is counted.
    static Arrival arrival() {
        Arrival current = Arrival.current();
        return current == null ? NONE.newArrival() : current;
    }

    /// What the requests of the current call hold.
    public static HeldBytes held() {
        return arrival().held();
    }
}
