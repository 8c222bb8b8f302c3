package io.campanile.grpc;

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
final class RawCalls {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
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
    static byte[] call(Channel channel, String method, byte[] request, CallCredentials key) {
        return call(channel, method, request, CallOptions.DEFAULT.withCallCredentials(key));
    }

    static byte[] call(Channel channel, String method, byte[] request, CallOptions options) {
        MethodDescriptor<byte[], byte[]> raw =
                MethodDescriptor.newBuilder(BYTES, BYTES)
                        .setFullMethodName(method)
                        .setType(MethodType.SERVER_STREAMING)
                        .build();
        Iterator<byte[]> answers =
                ClientCalls.blockingServerStreamingCall(
                        channel, raw, options.withDeadlineAfter(DEADLINE), request);
        return answers.next();
    }
}
