package io.campanile.grpc.call;

import com.google.protobuf.MessageLite;

import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.ServerCall;
import io.grpc.Status;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;

/// A call as its handler sees it. It is closed once: what comes later, from a handler that does not
/// know yet, is dropped. A status without details never leaves; nor does a large answer while
/// callers have left too many unread. Sending and closing are thread-safe.
class GatedCall<Q, A> extends ServerCall<Q, A> {
    private static final Set<String> TRIGGERS =
            Set.of(
                    TriggerServiceGrpc.getTriggerCampaignMethod().getFullMethodName(),
                    TriggerServiceGrpc.getStreamTriggersMethod().getFullMethodName());

    private final ServerCall<?, A> call;
    private final MethodDescriptor<Q, A> method;
    private final Queue<A> unsent = new ArrayDeque<>();
    private final boolean ofTrigger;
    private final Arrival arrival = RequestSizes.arrival();
    private final HeldBytes held = arrival.held();
    private boolean closed;
    private boolean headersSent;

    GatedCall(ServerCall<?, A> call, MethodDescriptor<Q, A> method) {
        this.call = call;
        this.method = method;
        this.ofTrigger = TRIGGERS.contains(method.getFullMethodName());
    }

    @Override
    public synchronized void sendMessage(A message) {
        if (closed) {
            return;
        }
        int bytes = message instanceof MessageLite proto ? proto.getSerializedSize() : 0;
        if (held.answer(bytes, ofTrigger)) {
            call.sendMessage(message);
            forgetAnswersThatLeft();
        } else {
            Refusals.close(this, GateErrors.answersFull());
        }
    }

    /// Concerns streams only: a single answer waits for the status, and its call is ready until
    /// then. While a call is ready, less than one answer may have has not left yet.
    private void forgetAnswersThatLeft() {
        if (!method.getType().serverSendsOneMessage() && call.isReady()) {
            held.answersLeft();
        }
    }

    /// Answers a request in the handler's place. The answer leaves when the caller reads, at the
    /// latest as the call ends, and the next request is asked for only then: no more wait than
    /// requests were asked for.
    synchronized void answer(A message) {
        unsent.add(message);
        sendUnsent();
    }

    /// Runs when the caller has read enough.
    synchronized void sendUnsent() {
        forgetAnswersThatLeft();
        while (!closed && !unsent.isEmpty() && call.isReady()) {
            send(unsent.remove());
            call.request(1);
        }
    }

    private void send(A message) {
        sendHeaders(new Metadata());
        sendMessage(message);
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (closed) {
            return;
        }
        while (!unsent.isEmpty()) {
            send(unsent.remove());
        }
        if (closed) {
            // One of them was too large to leave.
            return;
        }
        closed = true;
        held.end();
        if (mayLeave(status, trailers)) {
            call.close(status, trailers);
        } else {
            Refusals.close(
                    call,
                    Failures.of(new IllegalStateException("a bare status: " + status.getCode())));
        }
    }

    boolean mayLeave(Status status, Metadata trailers) {
        return GrpcErrors.keepsPromise(status, trailers);
    }

    /// What of its requests is on its way.
    Arrival arrival() {
        return arrival;
    }

    /// What its requests and answers hold.
    HeldBytes held() {
        return held;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!closed && !headersSent) {
            headersSent = true;
            call.sendHeaders(headers);
        }
    }

    @Override
    public void request(int numMessages) {
        call.request(numMessages);
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public boolean isCancelled() {
        return call.isCancelled();
    }

    @Override
    public void setMessageCompression(boolean enabled) {
        call.setMessageCompression(enabled);
    }

    @Override
    public void setCompression(String compressor) {
        call.setCompression(compressor);
    }

    @Override
    public void setOnReadyThreshold(int numBytes) {
        call.setOnReadyThreshold(numBytes);
    }

    @Override
    public SecurityLevel getSecurityLevel() {
        return call.getSecurityLevel();
    }

    @Override
    public Attributes getAttributes() {
        return call.getAttributes();
    }

    @Override
    public @Nullable String getAuthority() {
        return call.getAuthority();
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
        return method;
    }
}
