package io.campanile.grpc.call;

import io.grpc.DecompressorRegistry;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;

/// Keeps gRPC from refusing an unknown compression with a bare status: it looks at the header right
/// after the tracers did. The header is taken away here, and the gate refuses the call.
public final class UnreadableEncodings extends ServerStreamTracer.Factory {
    private static final Metadata.Key<String> ENCODING =
            Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> UNREADABLE =
            Metadata.Key.of("campanile-unreadable-encoding", Metadata.ASCII_STRING_MARSHALLER);
    private static final ServerStreamTracer NONE = new ServerStreamTracer() {};

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        headers.discardAll(UNREADABLE);
        String encoding = headers.get(ENCODING);
        if (encoding != null
                && DecompressorRegistry.getDefaultInstance().lookupDecompressor(encoding) == null) {
            headers.discardAll(ENCODING);
            headers.put(UNREADABLE, "");
        }
        return NONE;
    }

    static void refuse(Metadata headers) {
        if (headers.containsKey(UNREADABLE)) {
            throw GrpcErrors.malformedRequest("grpc-encoding must be identity or gzip");
        }
    }
}
