package io.campanile.grpc.call;

import io.grpc.stub.ServerCallStreamObserver;

/// A stream of answers that are made one after the other, each when the caller has read the ones
/// before. Ends when the node drains, and when the caller's key is no longer good.
///
/// @param <R> the answers
public abstract class ExportStream<R> {
    private final CallerSession session;
    private final Drain drain;
    private final ServerCallStreamObserver<R> call;
    private final Runnable drained = this::shutDown;

    /// Guarded by this.
    private boolean ended;

    protected ExportStream(CallerSession session, Drain drain, ServerCallStreamObserver<R> call) {
        this.session = session;
        this.drain = drain;
        this.call = call;
    }

    /// Sends what comes next. Blocks.
    ///
    /// @return whether more follows
    protected abstract boolean sendNext();

    protected final void send(R answer) {
        call.onNext(answer);
    }

    public final void start() {
        call.setOnCancelHandler(() -> drain.unregister(drained));
        call.setOnCloseHandler(() -> drain.unregister(drained));
        call.setOnReadyHandler(this::sendAll);
        drain.register(drained);
        sendAll();
    }

    /// Sends as much as the caller has room for.
    private synchronized void sendAll() {
        try {
            while (!ended && call.isReady()) {
                if (drain.started()) {
                    throw GrpcErrors.shuttingDown();
                }
                var _ = session.require();
                if (!sendNext()) {
                    ended = true;
                    call.onCompleted();
                }
            }
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void shutDown() {
        end(GrpcErrors.shuttingDown());
    }

    private synchronized void end(RuntimeException error) {
        if (!ended) {
            ended = true;
            call.onError(Failures.of(error));
        }
    }
}
