package io.campanile.grpc.call;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

import org.jspecify.annotations.Nullable;

/// Ends a call with details as soon as one of its requests has outgrown what is worth reading on.
/// The transport would do so with a bare status, so its own limit is to be out of reach.
public final class RequestSizes extends ServerStreamTracer.Factory {
    /// What is read of a request before the call ends. Far above what a request may have: one that
    /// is only too large is read, so that a stream can answer it and go on.
    private static final long MOST_READ_BYTES = 16 << 20;

    private static final Context.Key<Tracer> TRACER = Context.key("request-size");

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new Tracer();
    }

    /// Has the current call closed when a request is too large.
    static void guard(GatedCall<?, ?> call) {
        Tracer tracer = TRACER.get();
        if (tracer != null) {
            tracer.call = call;
        }
    }

    /// The bytes of the request that is being read; used by the transport's thread only.
    private static final class Tracer extends ServerStreamTracer {
        private volatile @Nullable GatedCall<?, ?> call;
        private long bytes;

        @Override
        public Context filterContext(Context context) {
            return context.withValue(TRACER, this);
        }

        @Override
        public void inboundWireSize(long more) {
            bytes += more;
            if (bytes > MOST_READ_BYTES) {
                refuse();
            }
        }

        @Override
        public void inboundMessageRead(int number, long wireSize, long uncompressedSize) {
            bytes = 0;
        }

        /// Health and reflection are not behind the gate.
        private void refuse() {
            GatedCall<?, ?> gated = call;
            if (gated == null) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription("request too large")
                        .asRuntimeException();
            }
            Refusals.close(gated, GrpcErrors.requestTooLarge(CheckedMarshaller.LIMIT_BYTES));
        }
    }
}
