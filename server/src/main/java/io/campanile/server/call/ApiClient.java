package io.campanile.server.call;

import com.google.protobuf.Message;

import io.campanile.server.Secret;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// A connection to a server's public API with one key. Close it.
public final class ApiClient implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int LARGEST_ANSWER = 64 << 20;

    private final ManagedChannel connection;
    private final Channel channel;

    private ApiClient(ManagedChannel connection, Unreached unreached, Optional<Secret> key) {
        this.connection = connection;
        Channel explained = ClientInterceptors.intercept(connection, unreached);
        this.channel =
                key.map(secret -> ClientInterceptors.intercept(explained, bearer(secret)))
                        .orElse(explained);
    }

    /// Connects lazily.
    ///
    /// @param server host and port
    public static ApiClient plaintext(String server, Optional<Secret> key) {
        return new ApiClient(
                Grpc.newChannelBuilder(server, InsecureChannelCredentials.create())
                        .maxInboundMessageSize(LARGEST_ANSWER)
                        .build(),
                new Unreached(server, false),
                key);
    }

    /// The files (PEM) to call over TLS with.
    ///
    /// @param authorities whose servers are trusted; those of this machine when absent
    /// @param own what is shown to a server that wants a certificate
    public record Tls(Optional<Path> authorities, Optional<Certificate> own) {}

    /// A certificate and its private key.
    public record Certificate(Path certificate, Path key) {}

    /// Connects lazily.
    ///
    /// @throws IOException when a file cannot be read
    /// @throws IllegalArgumentException when a file holds something else
    public static ApiClient tls(String server, Tls tls, Optional<Secret> key) throws IOException {
        var credentials = TlsChannelCredentials.newBuilder();
        if (tls.authorities().isPresent()) {
            credentials.trustManager(tls.authorities().get().toFile());
        }
        if (tls.own().isPresent()) {
            Certificate own = tls.own().get();
            credentials.keyManager(own.certificate().toFile(), own.key().toFile());
        }
        return new ApiClient(
                Grpc.newChannelBuilder(server, credentials.build())
                        .maxInboundMessageSize(LARGEST_ANSWER)
                        .build(),
                new Unreached(server, true),
                key);
    }

    /// For generated stubs.
    public Channel channel() {
        return channel;
    }

    /// Calls a method with JSON and hands each answer, as JSON, to the consumer.
    ///
    /// @param json an object, for a streaming method also a list of them, or `@file`
    /// @throws CallFailed when the JSON does not fit or the call fails
    public void call(
            MethodDescriptor<Message, Message> method,
            String json,
            Duration deadline,
            Consumer<String> answers) {
        List<Message> requests = Json.read(json, prototype(method));
        if (method.getType().clientSendsOneMessage() && requests.size() != 1) {
            throw CallFailed.misused(method.getBareMethodName() + " takes one object");
        }
        var options = CallOptions.DEFAULT.withDeadlineAfter(deadline);
        var call = channel.newCall(method, options);
        try {
            exchange(call, method, requests, answer -> answers.accept(Json.write(answer)));
        } catch (StatusRuntimeException e) {
            throw CallFailed.refused(e);
        }
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }

    private static void exchange(
            ClientCall<Message, Message> call,
            MethodDescriptor<Message, Message> method,
            List<Message> requests,
            Consumer<Message> answers) {
        var finished = new CompletableFuture<Boolean>();
        var observer = new Answers(answers, finished);
        switch (method.getType()) {
            case UNARY -> ClientCalls.asyncUnaryCall(call, requests.getFirst(), observer);
            case SERVER_STREAMING ->
                    ClientCalls.asyncServerStreamingCall(call, requests.getFirst(), observer);
            case CLIENT_STREAMING, BIDI_STREAMING -> {
                StreamObserver<Message> sending =
                        ClientCalls.asyncBidiStreamingCall(call, observer);
                requests.forEach(sending::onNext);
                sending.onCompleted();
            }
            case UNKNOWN -> throw new IllegalStateException("a method of no known type");
        }
        await(finished);
    }

    private static void await(CompletableFuture<Boolean> finished) {
        try {
            finished.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StatusRuntimeException status) {
                throw status;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CallFailed.failed("interrupted");
        }
    }

    private static Message prototype(MethodDescriptor<Message, Message> method) {
        if (method.getRequestMarshaller() instanceof PrototypeMarshaller<Message> marshaller) {
            Message prototype = marshaller.getMessagePrototype();
            if (prototype != null) {
                return prototype;
            }
        }
        throw new IllegalStateException(method.getFullMethodName() + " has no prototype");
    }

    private static ClientInterceptor bearer(Secret key) {
        var headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + key.value());
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    /// Hands answers on and remembers the end.
    private record Answers(Consumer<Message> consumer, CompletableFuture<Boolean> finished)
            implements StreamObserver<Message> {
        @Override
        public void onNext(Message answer) {
            consumer.accept(answer);
        }

        @Override
        public void onError(Throwable error) {
            finished.completeExceptionally(error);
        }

        @Override
        public void onCompleted() {
            finished.complete(true);
        }
    }
}
