package io.campanile.grpc.trigger;

import io.campanile.application.access.Caller;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.Execution;
import io.grpc.stub.ServerCallStreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;
import java.util.function.Supplier;

/// Sends an execution whenever it has changed, until no message of it is open. A slow reader gets
/// the newest, not everything.
final class ExecutionWatch implements ExecutionWatches.Watch {
    private final Supplier<Execution> execution;
    private final Supplier<Caller> stillValid;
    private final Predicate<Execution> settled;
    private final ServerCallStreamObserver<Execution> observer;
    private @Nullable Execution sent;
    private boolean ended;

    /// A watch that has not looked yet.
    ///
    /// @param stillValid throws when the caller's key is not valid any more
    ExecutionWatch(
            Supplier<Execution> execution,
            Supplier<Caller> stillValid,
            Predicate<Execution> settled,
            ServerCallStreamObserver<Execution> observer) {
        this.execution = execution;
        this.stillValid = stillValid;
        this.settled = settled;
        this.observer = observer;
    }

    @Override
    public synchronized boolean look() {
        if (ended || observer.isCancelled()) {
            return false;
        }
        try {
            return observer.isReady() ? send() : true;
        } catch (RuntimeException e) {
            end(e);
            return false;
        }
    }

    private boolean send() {
        var _ = stillValid.get();
        Execution now = execution.get();
        if (!now.equals(sent)) {
            observer.onNext(now);
            sent = now;
        }
        if (settled.test(now)) {
            ended = true;
            observer.onCompleted();
            return false;
        }
        return true;
    }

    /// Ends the call with an error, unless it has ended.
    synchronized void end(RuntimeException error) {
        if (!ended) {
            ended = true;
            observer.onError(GrpcErrors.of(error));
        }
    }
}
