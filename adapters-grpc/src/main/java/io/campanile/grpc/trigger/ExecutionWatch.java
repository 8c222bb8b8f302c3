package io.campanile.grpc.trigger;

import io.campanile.application.access.Caller;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Failures;
import io.campanile.v1.Execution;
import io.grpc.stub.ServerCallStreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// Sends an execution whenever it has changed, until no message of it is open. A slow reader gets
/// the newest, not everything.
final class ExecutionWatch implements ExecutionWatches.Watch {
    private final WorkspaceId workspace;
    private final Supplier<Look> execution;
    private final Supplier<Caller> stillValid;
    private final ServerCallStreamObserver<Execution> observer;
    private @Nullable Execution sent;
    private boolean ended;

    /// What a look shows.
    ///
    /// @param settled whether it is the last one
    record Look(Execution execution, boolean settled) {}

    /// A watch that has not looked yet.
    ///
    /// @param stillValid throws when the caller's key is not valid any more
    ExecutionWatch(
            WorkspaceId workspace,
            Supplier<Look> execution,
            Supplier<Caller> stillValid,
            ServerCallStreamObserver<Execution> observer) {
        this.workspace = workspace;
        this.execution = execution;
        this.stillValid = stillValid;
        this.observer = observer;
    }

    @Override
    public WorkspaceId workspace() {
        return workspace;
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
        Look now = execution.get();
        if (!now.execution().equals(sent)) {
            observer.onNext(now.execution());
            sent = now.execution();
        }
        if (now.settled()) {
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
            observer.onError(Failures.of(error));
        }
    }
}
