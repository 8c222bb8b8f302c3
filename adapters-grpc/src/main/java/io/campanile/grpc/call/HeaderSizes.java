package io.campanile.grpc.call;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Refuses calls whose headers are too large, with details. The transport would do so with a bare
/// status, so its own limit is to be above this one; clients are told the transport's, and most
/// keep to it by themselves.
public final class HeaderSizes implements ServerInterceptor {
    /// What the headers of a call may have.
    static final int LIMIT_BYTES = 16 << 10;

    /// What HTTP/2 counts for each header beside its name and its value.
    private static final int BYTES_BESIDE = 32;

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (size(call, headers) > LIMIT_BYTES) {
            Refusals.close(call, GateErrors.headersTooLarge(LIMIT_BYTES));
            return new ServerCall.Listener<>() {};
        }
        return next.startCall(call, headers);
    }

    /// By the bytes as they came: decoding every header of every call would cost more than some
    /// calls do.
    private static long size(ServerCall<?, ?> call, Metadata headers) {
        long size = call.getMethodDescriptor().getFullMethodName().length();
        byte[][] namesAndValues = InternalMetadata.serialize(headers);
        if (namesAndValues != null) {
            for (byte[] nameOrValue : namesAndValues) {
                size += nameOrValue.length + BYTES_BESIDE / 2;
            }
        }
        return size;
    }
}
