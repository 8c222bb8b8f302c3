package io.campanile.grpc.trigger;

import io.campanile.application.access.Caller;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.grpc.call.CallThreads;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerCampaignRequest;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// One stream of triggers. At most [#WINDOW] items are between their arrival and their answer; the
/// next one is asked for when an answer left and the caller reads its answers. While the intake is
/// full an item waits here instead of failing, so that the stream slows down.
final class TriggerStream implements StreamObserver<StreamTriggersRequest> {
    static final int WINDOW = 256;

    private static final Executor BLOCKING =
            task -> CallThreads.named("trigger-stream").start(task);

    private final TriggerCalls calls;
    private final CallerSession session;
    private final Drain drain;
    private final ServerCallStreamObserver<StreamTriggersResponse> call;
    private final Runnable drained = this::stopReading;

    /// Guarded by this: items taken and not answered, answers for which no item was asked for yet,
    /// and how the stream is going to end.
    private int inFlight;

    private int owed;
    private boolean noMoreItems;
    private boolean ended;
    private @Nullable StatusRuntimeException endsWith;

    TriggerStream(
            TriggerCalls calls,
            CallerSession session,
            Drain drain,
            ServerCallStreamObserver<StreamTriggersResponse> call) {
        this.calls = calls;
        this.session = session;
        this.drain = drain;
        this.call = call;
    }

    void start() {
        call.disableAutoRequest();
        call.setOnReadyHandler(this::askForMore);
        call.setOnCancelHandler(this::cancelled);
        call.setOnCloseHandler(() -> drain.unregister(drained));
        call.request(WINDOW);
        drain.register(drained);
    }

    @Override
    public void onNext(StreamTriggersRequest item) {
        synchronized (this) {
            inFlight++;
        }
        TriggerCampaignRequest request = item.getTrigger();
        Caller known = session.known();
        if (known != null) {
            take(request, known);
        } else {
            // With the call's deadline, which is in the context.
            BLOCKING.execute(Context.current().wrap(() -> takeAfterLookUp(request)));
        }
    }

    private void takeAfterLookUp(TriggerCampaignRequest request) {
        Caller key;
        try {
            key = session.require();
        } catch (RuntimeException e) {
            end(GrpcErrors.of(e));
            return;
        }
        take(request, key);
    }

    private void take(TriggerCampaignRequest request, Caller caller) {
        TriggerCommand command;
        try {
            command = calls.command(request, caller);
        } catch (RuntimeException e) {
            answer(request.getRequestId(), GrpcErrors.of(e));
            return;
        }
        trigger(command);
    }

    private void trigger(TriggerCommand command) {
        try {
            calls.trigger(command, result -> settle(command, result));
        } catch (RuntimeException e) {
            answer(command.requestId(), GrpcErrors.of(e));
        }
    }

    private void settle(TriggerCommand command, TriggerResult result) {
        if (result instanceof TriggerResult.Overloaded overloaded
                && isTransient(overloaded.overload())
                && !isOver()) {
            CompletableFuture.delayedExecutor(
                            Math.max(1, overloaded.retryDelay().toMillis()),
                            TimeUnit.MILLISECONDS,
                            BLOCKING)
                    .execute(() -> trigger(command));
            return;
        }
        StreamTriggersResponse answer;
        try {
            answer =
                    StreamTriggersResponse.newBuilder()
                            .setRequestId(command.requestId())
                            .setResponse(TriggerProtos.answer(command, result))
                            .build();
        } catch (RuntimeException e) {
            answer(command.requestId(), GrpcErrors.of(e));
            return;
        }
        answer(answer);
    }

    private static boolean isTransient(TriggerResult.Overload overload) {
        return switch (overload) {
            case INTAKE, LOOK_UPS -> true;
            case WAITERS, SHUTTING_DOWN -> false;
        };
    }

    private void answer(String requestId, StatusRuntimeException error) {
        answer(
                StreamTriggersResponse.newBuilder()
                        .setRequestId(requestId)
                        .setError(GrpcErrors.toProto(error))
                        .build());
    }

    private synchronized void answer(StreamTriggersResponse answer) {
        inFlight--;
        owed++;
        if (!ended) {
            call.onNext(answer);
            askForMore();
            endIfDone();
        }
    }

    /// Runs after an answer and when the caller has read enough of them.
    private synchronized void askForMore() {
        if (owed > 0 && !noMoreItems && !ended && call.isReady()) {
            call.request(owed);
            owed = 0;
        }
    }

    @Override
    public synchronized void onCompleted() {
        noMoreItems = true;
        endIfDone();
    }

    @Override
    public synchronized void onError(Throwable gone) {
        ended = true;
    }

    /// The node stops: what has arrived is answered, then the stream ends.
    private synchronized void stopReading() {
        if (!noMoreItems) {
            endsWith = GrpcErrors.shuttingDown();
            noMoreItems = true;
            endIfDone();
        }
    }

    private void endIfDone() {
        if (noMoreItems && inFlight == 0 && !ended) {
            ended = true;
            if (endsWith == null) {
                call.onCompleted();
            } else {
                call.onError(endsWith);
            }
        }
    }

    private synchronized void end(StatusRuntimeException error) {
        if (!ended) {
            ended = true;
            call.onError(error);
        }
    }

    private synchronized boolean isOver() {
        return ended || call.isCancelled();
    }

    private synchronized void cancelled() {
        ended = true;
        drain.unregister(drained);
    }
}
