package io.campanile.grpc.call;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A call without a wire: keeps what was sent, and is ready when a test says so.
final class RecordingCall<Q, A> extends ServerCall<Q, A> {
    final List<A> sent = new ArrayList<>();
    boolean ready = true;
    int requested;
    @Nullable Status status;
    @Nullable Metadata trailers;
    private final MethodDescriptor<Q, A> method;

    RecordingCall(MethodDescriptor<Q, A> method) {
        this.method = method;
    }

    @Override
    public void request(int numMessages) {
        requested += numMessages;
    }

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(A message) {
        sent.add(message);
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void close(Status newStatus, Metadata newTrailers) {
        status = newStatus;
        trailers = newTrailers;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public Attributes getAttributes() {
        return Attributes.EMPTY;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
        return method;
    }
}
