package io.campanile.grpc.call;

import io.grpc.stub.ServerCallStreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What is answered to a caller who takes one answer at a time, and the next when a test says so.
public final class RecordingStream<A> extends ServerCallStreamObserver<A> {
    private final List<A> answers = new ArrayList<>();
    private Runnable onReady = () -> {};
    private Runnable onCancel = () -> {};
    private Runnable onClose = () -> {};
    private boolean cancelled;
    private int requested;
    private boolean ready = true;
    private boolean waitedFor;
    private boolean pushed;
    private boolean ended;
    private @Nullable Throwable error;

    /// The caller reads what there is.
    public void read() {
        synchronized (this) {
            ready = true;
            waitedFor = false;
        }
        onReady.run();
    }

    /// The caller goes away.
    public void cancel() {
        synchronized (this) {
            cancelled = true;
        }
        onCancel.run();
    }

    /// The call is over, as where it was refused before it came here.
    public void close() {
        onClose.run();
    }

    public synchronized List<A> answers() {
        return List.copyOf(answers);
    }

    public synchronized int requested() {
        return requested;
    }

    /// Whether the caller was found not to read since it last read.
    public synchronized boolean waitedFor() {
        return waitedFor;
    }

    /// Whether an answer was written that the caller had no room for.
    public synchronized boolean pushed() {
        return pushed;
    }

    public synchronized boolean ended() {
        return ended;
    }

    public synchronized @Nullable Throwable error() {
        return error;
    }

    @Override
    public synchronized void onNext(A answer) {
        pushed |= !ready;
        ready = false;
        answers.add(answer);
    }

    @Override
    public synchronized void onError(Throwable failure) {
        error = failure;
        ended = true;
    }

    @Override
    public synchronized void onCompleted() {
        ended = true;
    }

    @Override
    public synchronized boolean isReady() {
        waitedFor |= !ready;
        return ready;
    }

    @Override
    public synchronized void request(int count) {
        requested += count;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        onReady = handler;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        onCancel = handler;
    }

    @Override
    public void setOnCloseHandler(Runnable handler) {
        onClose = handler;
    }

    @Override
    public void disableAutoRequest() {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setMessageCompression(boolean enable) {}
}
