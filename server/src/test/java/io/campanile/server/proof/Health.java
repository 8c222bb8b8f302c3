package io.campanile.server.proof;

import io.campanile.v1.ListChannelConfigurationsRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// What a load balancer's probe learns from `grpc.health.v1`, byte by byte: the request for the
/// whole server is empty, the answer is field 1 with the status.
enum Health {
    SERVING(1),
    NOT_SERVING(2);

    private static final MethodDescriptor<byte[], byte[]> CHECK =
            MethodDescriptor.<byte[], byte[]>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("grpc.health.v1.Health/Check")
                    .setRequestMarshaller(new Bytes())
                    .setResponseMarshaller(new Bytes())
                    .build();

    private final int number;

    Health(int number) {
        this.number = number;
    }

    static Health of(Channel server) {
        byte[] answer =
                ClientCalls.blockingUnaryCall(
                        server,
                        CHECK,
                        CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                        new byte[0]);
        return Arrays.stream(values())
                .filter(status -> Arrays.equals(answer, new byte[] {8, (byte) status.number}))
                .findFirst()
                .orElseThrow(() -> new AssertionError(Arrays.toString(answer)));
    }

    /// Waits until triggers are served and all other calls too, whose connections to the database
    /// need not come back together.
    static void awaitAllOf(Node node) {
        Until.holds("it is healthy", () -> of(node.channel()) == SERVING);
        Until.holds("it answers other calls", () -> listsConfigurations(node));
    }

    private static boolean listsConfigurations(Node node) {
        try {
            var _ =
                    node.configurations()
                            .listChannelConfigurations(
                                    ListChannelConfigurationsRequest.newBuilder()
                                            .setParent(Scenery.WORKSPACE)
                                            .build());
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                throw e;
            }
            return false;
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
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
    }
}
