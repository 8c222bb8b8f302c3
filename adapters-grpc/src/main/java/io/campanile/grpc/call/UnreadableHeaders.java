package io.campanile.grpc.call;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;

import java.util.Set;
import java.util.regex.Pattern;

/// Keeps gRPC from refusing an unknown compression with a bare status, and an unreadable timeout
/// with none at all: it looks at the headers right after the tracers did. They are taken away here,
/// and the gate refuses the call.
public final class UnreadableHeaders extends ServerStreamTracer.Factory {
    private static final Metadata.Key<String> ENCODING = ascii("grpc-encoding");
    private static final Set<String> ENCODINGS = Set.of("identity", LazyGzip.ENCODING);
    private static final Metadata.Key<String> TIMEOUT = ascii("grpc-timeout");
    private static final Pattern TIMEOUTS = Pattern.compile("[0-9]{1,8}[HMSmun]");

    /// What is to be told about the header, under a name that no caller's headers keep.
    private static final Metadata.Key<String> UNREADABLE = ascii("campanile-unreadable");

    private static final ServerStreamTracer NONE = new ServerStreamTracer() {};

    private static Metadata.Key<String> ascii(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        headers.discardAll(UNREADABLE);
        String timeout = headers.get(TIMEOUT);
        if (timeout != null && !TIMEOUTS.matcher(timeout).matches()) {
            headers.discardAll(TIMEOUT);
            headers.put(UNREADABLE, "grpc-timeout must be up to eight digits and a unit");
        }
        String encoding = headers.get(ENCODING);
        if (encoding != null && !ENCODINGS.contains(encoding)) {
            headers.put(UNREADABLE, "grpc-encoding must be identity or gzip");
        }
        // Whatever is named: a message that says it is compressed would otherwise end in a bare
        // status. Those that do not say so are read as they are.
        headers.discardAll(ENCODING);
        headers.put(ENCODING, LazyGzip.ENCODING);
        return NONE;
    }

    static void refuse(Metadata headers) {
        String why = headers.get(UNREADABLE);
        if (why != null) {
            throw GrpcErrors.malformedRequest(why);
        }
    }
}
