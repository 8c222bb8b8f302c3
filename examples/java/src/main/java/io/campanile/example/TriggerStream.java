package io.campanile.example;

import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerServiceGrpc.TriggerServiceStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Triggers many times over one stream. What has no answer when a stream ends, as it does when its
/// node stops, goes into another one, and so does what the server had no room for. The request ids
/// stay the same, so nothing is sent twice.
final class TriggerStream {
    private static final int ATTEMPTS = 5;

    private final TriggerServiceStub stub;
    private final Map<String, TriggerCampaignRequest> unanswered = new ConcurrentHashMap<>();
    private final List<StreamTriggersResponse> answers = new CopyOnWriteArrayList<>();

    TriggerStream(TriggerServiceStub stub) {
        this.stub = stub;
    }

    /// Triggers, and returns the answers, which come in any order.
    ///
    /// @param requests of one campaign: their ids tell them apart
    /// @throws StatusRuntimeException when streams end again and again before anything is answered,
    ///   or for a reason that another one does not help against
    List<StreamTriggersResponse> trigger(Collection<TriggerCampaignRequest> requests)
            throws InterruptedException {
        requests.forEach(request -> unanswered.put(request.getRequestId(), request));
        int inVain = 0;
        while (!unanswered.isEmpty()) {
            int before = unanswered.size();
            StatusRuntimeException end = oneStream();
            inVain = unanswered.size() < before ? 0 : inVain + 1;
            if (!unanswered.isEmpty()) {
                TriggerError error = TriggerError.of(end);
                if (inVain == ATTEMPTS || !error.isWorthRepeating()) {
                    throw end;
                }
                Thread.sleep(error.delay(inVain + 1).toMillis());
            }
        }
        return List.copyOf(answers);
    }

    private StatusRuntimeException oneStream() {
        var stream = new OneStream(new ArrayList<>(unanswered.values()).iterator());
        stub.streamTriggers(stream);
        return stream.ended.join();
    }

    /// Writes while the server keeps up, and reads until the stream ends.
    private final class OneStream
            implements ClientResponseObserver<StreamTriggersRequest, StreamTriggersResponse> {
        private final Iterator<TriggerCampaignRequest> next;
        private final CompletableFuture<StatusRuntimeException> ended = new CompletableFuture<>();
        private boolean written;

        /// Why the server did not even read something; which, it does not say.
        private volatile @Nullable StatusRuntimeException unread;

        OneStream(Iterator<TriggerCampaignRequest> next) {
            this.next = next;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamTriggersRequest> stream) {
            stream.setOnReadyHandler(() -> write(stream));
        }

        private void write(ClientCallStreamObserver<StreamTriggersRequest> stream) {
            while (stream.isReady() && next.hasNext()) {
                stream.onNext(StreamTriggersRequest.newBuilder().setTrigger(next.next()).build());
            }
            if (!next.hasNext() && !written) {
                written = true;
                stream.onCompleted();
            }
        }

        @Override
        public void onNext(StreamTriggersResponse answer) {
            boolean later =
                    answer.hasError() && TriggerError.of(answer.getError()).isWorthRepeating();
            if (later) {
                return;
            }
            if (unanswered.remove(answer.getRequestId()) != null) {
                answers.add(answer);
            } else if (answer.hasError() && answer.getRequestId().isEmpty()) {
                unread =
                        Status.fromCodeValue(answer.getError().getCode())
                                .withDescription(answer.getError().getMessage())
                                .asRuntimeException();
            }
        }

        @Override
        public void onError(Throwable error) {
            end(
                    Status.fromThrowable(error)
                            .asRuntimeException(Status.trailersFromThrowable(error)));
        }

        /// In good order, but with answers that ask to come again, if any are missing.
        @Override
        public void onCompleted() {
            end(
                    Status.RESOURCE_EXHAUSTED
                            .withDescription("not everything was answered for good")
                            .asRuntimeException());
        }

        private void end(StatusRuntimeException reason) {
            StatusRuntimeException refused = unread;
            ended.complete(refused == null ? reason : refused);
        }
    }
}
