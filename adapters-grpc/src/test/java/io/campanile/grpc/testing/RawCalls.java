package io.campanile.grpc.testing;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;

/// Calls with bytes instead of messages.
public final class RawCalls {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Marshaller<InputStream> STREAMS =
            new Marshaller<>() {
                @Override
                public InputStream stream(InputStream value) {
                    return value;
                }

                @Override
                public InputStream parse(InputStream stream) {
                    return stream;
                }
            };
    private static final Marshaller<byte[]> BYTES =
            new Marshaller<>() {
                @Override
                public InputStream stream(byte[] value) {
                    return new ByteArrayInputStream(value);
                }

                @Override
                public byte[] parse(InputStream stream) {
                    try {
                        return stream.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };

    private RawCalls() {}

    /// The first answer.
    public static byte[] call(Channel channel, String method, byte[] request, CallCredentials key) {
        return call(channel, method, request, CallOptions.DEFAULT.withCallCredentials(key));
    }

    public static byte[] call(Channel channel, String method, byte[] request, CallOptions options) {
        return call(channel, method, BYTES, request, options);
    }

    /// The first answer to a request that need not fit into memory.
    public static byte[] callWithStream(
            Channel channel, String method, InputStream request, CallOptions options) {
        return call(channel, method, STREAMS, request, options);
    }

    private static <Q> byte[] call(
            Channel channel,
            String method,
            Marshaller<Q> marshaller,
            Q request,
            CallOptions options) {
        MethodDescriptor<Q, byte[]> raw =
                MethodDescriptor.newBuilder(marshaller, BYTES)
                        .setFullMethodName(method)
                        .setType(MethodType.SERVER_STREAMING)
                        .build();
        Iterator<byte[]> answers =
                ClientCalls.blockingServerStreamingCall(
                        channel, raw, options.withDeadlineAfter(DEADLINE), request);
        return answers.next();
    }
}
