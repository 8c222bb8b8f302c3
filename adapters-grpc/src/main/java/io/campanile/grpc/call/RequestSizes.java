package io.campanile.grpc.call;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

import org.jspecify.annotations.Nullable;

/// Ends a call with details as soon as one of its requests has outgrown what is worth reading on,
/// or all requests together what the node can hold. The transport would do so with a bare status,
/// so its own limit is to be out of reach.
public final class RequestSizes extends ServerStreamTracer.Factory {
    /// What is read of a request before the call ends. Far above what a request may have: one that
    /// is only too large is read, so that a stream can answer it and go on.
    static final long MOST_READ_BYTES = 16 << 20;

    /// Requests up to here come in one piece or a few: they are counted when they are whole.
    private static final int SMALL_BYTES = 16 << 10;

    private static final Context.Key<Tracer> TRACER = Context.key("request-size");

    private final RequestBudget budget;

    /// Limits for all calls of a server.
    ///
    /// @param budget of all calls
    public RequestSizes(RequestBudget budget) {
        this.budget = budget;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new Tracer(new HeldBytes(budget));
    }

    /// Has the current call closed when a request is too large. Comes before the call asks for any:
    /// of others nothing is read.
    ///
    /// @param limitBytes what a request may have, for the error
    /// @param mostReadBytes what is read of one before the call ends
    /// @param call may be closed twice, and by any thread
    static void guard(GatedCall<?, ?> call, int limitBytes, long mostReadBytes) {
        Tracer tracer = TRACER.get();
        if (tracer != null) {
            tracer.guarded = new Guarded(call, limitBytes, mostReadBytes);
        }
    }

    /// What the requests of the current call hold. Without a transport that is watched nothing is
    /// counted.
    public static HeldBytes held() {
        Tracer tracer = TRACER.get();
        return tracer == null ? new HeldBytes(new RequestBudget(Long.MAX_VALUE / 4)) : tracer.held;
    }

    private record Guarded(ServerCall<?, ?> call, int limitBytes, long mostReadBytes) {}

    /// The bytes of the request that is being read; used by the transport's thread only.
    private static final class Tracer extends ServerStreamTracer {
        private final HeldBytes held;
        private volatile @Nullable Guarded guarded;
        private long bytes;

        Tracer(HeldBytes held) {
            this.held = held;
        }

        @Override
        public Context filterContext(Context context) {
            return context.withValue(TRACER, this);
        }

        @Override
        public void inboundWireSize(long more) {
            bytes += more;
            Guarded known = guarded;
            if (known == null) {
                throw new IllegalStateException("a request of a call without limit");
            }
            if (bytes > known.mostReadBytes()) {
                Refusals.close(known.call(), GateErrors.requestTooLarge(known.limitBytes()));
            } else if (bytes > SMALL_BYTES && !held.arrived(more)) {
                Refusals.close(known.call(), GateErrors.requestsFull());
            }
        }

        @Override
        public void inboundMessageRead(int number, long wireSize, long uncompressedSize) {
            bytes = 0;
        }

        @Override
        public void streamClosed(Status status) {
            held.streamClosed();
        }
    }
}
