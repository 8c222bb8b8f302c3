package io.campanile.grpc.trigger;

import io.campanile.application.access.Caller;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.grpc.call.CallThreads;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.Failures;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.HeldBytes;
import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerCampaignRequest;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// One stream of triggers. At most [#WINDOW] items are between their arrival and their answer, or
/// as many as [#BYTES] hold and the few that were asked for before; the next one is asked for when
/// an answer left and the caller reads its answers, while the node has room for requests. While the
/// intake is full an item waits here instead of failing, so that the stream slows down.
final class TriggerStream implements StreamObserver<StreamTriggersRequest> {
    static final int WINDOW = 256;

    private static final int BYTES = 4 << 20;

    /// Items that are asked for and have not come: nobody knows how large they are, and of the
    /// first nothing at all.
    private static final int MOST_ASKED = 16;

    /// Each item lowers the remembered maximum, [#largest], by an eighth of it.
    private static final int FORGETS = 8;

    /// How long a stream without items waits for others to make room.
    private static final long ROOM_MILLIS = 50;

    private static final Executor BLOCKING =
            task -> CallThreads.named("trigger-stream").start(task);

    private final TriggerCalls calls;
    private final CallerSession session;
    private final HeldBytes held;
    private final Drain drain;
    private final ServerCallStreamObserver<StreamTriggersResponse> call;
    private final Runnable drained = this::nodeStops;

    /// Guarded by this: items asked for that have not come, items taken and not answered with what
    /// they carry, the largest lately, and how the stream is going to end.
    private int asked;

    private int inFlight;
    private long bytesInFlight;
    private int largest;
    private boolean waitsForRoom;
    private boolean noMoreItems;
    private boolean ended;
    private @Nullable StatusRuntimeException endsWith;

    TriggerStream(
            TriggerCalls calls,
            CallerSession session,
            HeldBytes held,
            Drain drain,
            ServerCallStreamObserver<StreamTriggersResponse> call) {
        this.calls = calls;
        this.session = session;
        this.held = held;
        this.drain = drain;
        this.call = call;
    }

    void start() {
        call.disableAutoRequest();
        call.setOnReadyHandler(this::askForMore);
        call.setOnCancelHandler(this::cancelled);
        call.setOnCloseHandler(() -> drain.unregister(drained));
        ask();
        drain.register(drained);
    }

    /// @param bytes of the request
    private record Item(String requestId, int bytes) {}

    @Override
    public void onNext(StreamTriggersRequest next) {
        TriggerCampaignRequest request = next.getTrigger();
        Item item = arrived(request);
        Caller known = session.known();
        if (known != null) {
            take(item, request, known);
        } else {
            // With the call's deadline, which is in the context.
            BLOCKING.execute(
                    Context.current().wrap(answering(item, () -> takeAfterLookUp(item, request))));
        }
    }

    /// For threads of ours: what is thrown there nobody else sees, and the item would be waited for
    /// as long as the stream lasts.
    private Runnable answering(Item item, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Error e) {
                answer(item, Failures.of(new IllegalStateException(e)));
                throw e;
            }
        };
    }

    private synchronized Item arrived(TriggerCampaignRequest request) {
        var item = new Item(request.getRequestId(), held.latest());
        asked--;
        inFlight++;
        bytesInFlight += item.bytes();
        largest = Math.max(Math.max(1, item.bytes()), largest - largest / FORGETS);
        askForMore();
        return item;
    }

    private void takeAfterLookUp(Item item, TriggerCampaignRequest request) {
        Caller key;
        try {
            key = session.require();
        } catch (RuntimeException e) {
            refuse(item, Failures.of(e));
            return;
        }
        take(item, request, key);
    }

    /// A key that opens nothing any more takes no further items; one that cannot be looked up now
    /// may be looked up for the next.
    private void refuse(Item item, StatusRuntimeException error) {
        if (error.getStatus().getCode() == Status.Code.UNAUTHENTICATED) {
            stopReading(error);
        }
        answer(item, error);
    }

    private void take(Item item, TriggerCampaignRequest request, Caller caller) {
        TriggerCommand command;
        try {
            command = calls.command(request, caller);
        } catch (RuntimeException e) {
            answer(item, Failures.of(e));
            return;
        }
        trigger(item, command);
    }

    private void trigger(Item item, TriggerCommand command) {
        try {
            calls.trigger(command, result -> settle(item, command, result));
        } catch (RuntimeException e) {
            answer(item, Failures.of(e));
        }
    }

    private void settle(Item item, TriggerCommand command, TriggerResult result) {
        if (result instanceof TriggerResult.Overloaded overloaded
                && isTransient(overloaded.overload())
                && !isOver()) {
            CompletableFuture.delayedExecutor(
                            untilNextTry(overloaded.retryDelay()), TimeUnit.MILLISECONDS, BLOCKING)
                    .execute(answering(item, () -> trigger(item, command)));
            return;
        }
        StreamTriggersResponse answer;
        try {
            answer =
                    StreamTriggersResponse.newBuilder()
                            .setRequestId(item.requestId())
                            .setResponse(TriggerProtos.answer(command, result))
                            .build();
        } catch (RuntimeException e) {
            answer(item, Failures.of(e));
            return;
        }
        answer(item, answer);
    }

    /// Half to one and a half times the delay: what was refused together does not come together
    /// again.
    private static long untilNextTry(Duration delay) {
        long millis = Math.max(1, delay.toMillis());
        return millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1);
    }

    private static boolean isTransient(TriggerResult.Overload overload) {
        return switch (overload) {
            case INTAKE, LOOK_UPS -> true;
            case WAITERS, SHUTTING_DOWN -> false;
        };
    }

    private void answer(Item item, StatusRuntimeException error) {
        answer(
                item,
                StreamTriggersResponse.newBuilder()
                        .setRequestId(item.requestId())
                        .setError(GrpcErrors.toProto(error))
                        .build());
    }

    private synchronized void answer(Item item, StreamTriggersResponse answer) {
        inFlight--;
        bytesInFlight -= item.bytes();
        held.giveBack(item.bytes());
        if (!ended) {
            call.onNext(answer);
            askForMore();
            endIfDone();
        }
    }

    /// Runs after an answer and when the caller has read enough of them.
    private synchronized void askForMore() {
        if (!noMoreItems && !ended && call.isReady()) {
            ask();
        }
    }

    /// One item at least is on its way or here.
    private synchronized void ask() {
        long room = held.room(largest == 0 ? Integer.MAX_VALUE : largest);
        if (room <= 0) {
            waitForRoom();
            return;
        }
        long fitting = Math.min(BYTES - bytesInFlight, room) / Math.max(1, largest);
        long most = Math.min(WINDOW - inFlight, Math.max(fitting, inFlight == 0 ? 1 : 0));
        int more = (int) Math.min(most, largest == 0 ? 1 : MOST_ASKED) - asked;
        if (more > 0) {
            asked += more;
            call.request(more);
        }
    }

    /// Whoever has items looks again with the answer to the next; others look by themselves.
    private void waitForRoom() {
        if (asked + inFlight == 0 && !waitsForRoom) {
            waitsForRoom = true;
            CompletableFuture.delayedExecutor(ROOM_MILLIS, TimeUnit.MILLISECONDS, BLOCKING)
                    .execute(this::lookForRoom);
        }
    }

    private synchronized void lookForRoom() {
        waitsForRoom = false;
        askForMore();
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

    private void nodeStops() {
        stopReading(GrpcErrors.shuttingDown());
    }

    /// What has arrived is answered, then the stream ends.
    private synchronized void stopReading(StatusRuntimeException error) {
        if (!noMoreItems) {
            endsWith = error;
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

    private synchronized boolean isOver() {
        return ended || call.isCancelled();
    }

    private synchronized void cancelled() {
        ended = true;
        drain.unregister(drained);
    }
}
