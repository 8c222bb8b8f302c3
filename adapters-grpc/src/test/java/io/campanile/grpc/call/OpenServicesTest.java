package io.campanile.grpc.call;

import static io.campanile.grpc.call.ErrorDetails.reason;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;

import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.RawCalls;
import io.campanile.grpc.testing.Waiting;
import io.grpc.CallOptions;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Health and reflection, which nobody needs a key for.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenServicesTest {
    /// About 400 kB on the wire, and more than half the memory of this process.
    private static final int LARGE_BYTES = 400_000_000;

    private static final String CHECK = HealthGrpc.getCheckMethod().getFullMethodName();
    private static final String REFLECTION =
            ServerReflectionGrpc.getServerReflectionInfoMethod().getFullMethodName();
    private static final int SERVICE = HealthCheckRequest.SERVICE_FIELD_NUMBER;
    private static final int FILE =
            io.grpc.reflection.v1.ServerReflectionRequest.FILE_BY_FILENAME_FIELD_NUMBER;

    private GrpcWorld world;

    @BeforeAll
    void start() {
        world = new GrpcWorld();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @AfterEach
    void goesOnServing() {
        Waiting.until(() -> health() == ServingStatus.SERVING);
    }

    @Test
    void unpackNoMoreOfACheckThanItMayHave() {
        isRefused(CHECK, letters(SERVICE, LARGE_BYTES), "gzip");
    }

    @Test
    void unpackNoMoreOfAReflectionThanItMayHave() {
        isRefused(REFLECTION, letters(FILE, LARGE_BYTES), "gzip");
    }

    @Test
    void readNoMoreThanARequestMayHave() {
        isRefused(CHECK, letters(SERVICE, 5_000), "identity");
        isRefused(REFLECTION, letters(FILE, 20_000_000), "identity");
    }

    @Test
    void refuseBytesThatAreNoMessageWithDetails() {
        StatusRuntimeException error =
                refusal(CHECK, new ByteArrayInputStream(new byte[] {0x0a, 0x7f, 'w'}), "identity");

        assertThat(reason(error)).isEqualTo("MALFORMED_REQUEST");
    }

    /// As no node could stop in time with a watch that nobody ends.
    @Test
    void endWatchesAsTheNodeStops() throws Exception {
        try (var stopping = new GrpcWorld()) {
            var watched = new CompletableFuture<HealthCheckResponse>();
            var end = new CompletableFuture<Throwable>();
            HealthGrpc.newStub(stopping.channel)
                    .watch(HealthCheckRequest.getDefaultInstance(), observer(watched, end));
            assertThat(watched.get(30, TimeUnit.SECONDS)).isNotNull();

            stopping.server.stop(Duration.ofSeconds(20));

            assertThat(end.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            error -> assertThat(reason(error)).isEqualTo("SHUTTING_DOWN"));
        }
    }

    private static <T> StreamObserver<T> observer(
            CompletableFuture<T> first, CompletableFuture<Throwable> end) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T answer) {
                first.complete(answer);
            }

            @Override
            public void onError(Throwable failure) {
                end.complete(failure);
            }

            @Override
            public void onCompleted() {
                end.completeExceptionally(new AssertionError("ended without an error"));
            }
        };
    }

    private void isRefused(String method, InputStream request, String compression) {
        StatusRuntimeException error = refusal(method, request, compression);

        assertThat(error.getStatus().getCode())
                .as(error.toString())
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(reason(error)).isEqualTo("REQUEST_TOO_LARGE");
    }

    private StatusRuntimeException refusal(String method, InputStream request, String compression) {
        return ErrorDetails.refusal(() ->
                RawCalls.callWithStream(
                        world.channel,
                        method,
                        request,
                        CallOptions.DEFAULT.withCompression(compression)));
    }

    private ServingStatus health() {
        return HealthGrpc.newBlockingStub(world.channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    /// A message with one field of letters, made while it is read.
    private static InputStream letters(int field, int length) {
        var head = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(head);
            out.writeUInt32NoTag(field << 3 | 2);
            out.writeUInt32NoTag(length);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SequenceInputStream(
                new ByteArrayInputStream(head.toByteArray()), new Letters(length));
    }

    private static final class Letters extends InputStream {
        private int left;

        Letters(int length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'a' : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            int read = Math.min(length, left);
            if (read == 0) {
                return length == 0 ? 0 : -1;
            }
            Arrays.fill(bytes, from, from + read, (byte) 'a');
            left -= read;
            return read;
        }
    }
}
