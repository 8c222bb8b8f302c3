package io.campanile.bench.load;

import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Triggers over one stream for each channel, in turn.
final class StreamCalls implements Calls {
    private final List<Stream> streams = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    StreamCalls(List<Channel> channels) {
        for (Channel channel : channels) {
            streams.add(new Stream(channel));
        }
    }

    @Override
    public void start(TriggerCampaignRequest request, Answer answer) {
        streams.get(Math.floorMod(turn.getAndIncrement(), streams.size())).start(request, answer);
    }

    @Override
    public void end() {
        streams.forEach(Stream::end);
    }

    private static final class Stream implements StreamObserver<StreamTriggersResponse> {
        private final Map<String, Answer> waiting = new ConcurrentHashMap<>();
        private final StreamObserver<StreamTriggersRequest> requests;

        Stream(Channel channel) {
            requests = TriggerServiceGrpc.newStub(channel).streamTriggers(this);
        }

        // Several threads start calls, and a stream wants one at a time.
        synchronized void start(TriggerCampaignRequest request, Answer answer) {
            waiting.put(request.getRequestId(), answer);
            requests.onNext(StreamTriggersRequest.newBuilder().setTrigger(request).build());
        }

        synchronized void end() {
            requests.onCompleted();
        }

        @Override
        public void onNext(StreamTriggersResponse response) {
            @Nullable Answer answer = waiting.remove(response.getRequestId());
            if (answer == null) {
                return; // an answer to nothing we asked shows as a missing one
            }
            if (response.hasResponse()) {
                answer.accepted();
            } else if (response.getError().getCode() == Status.Code.RESOURCE_EXHAUSTED.value()) {
                answer.refused();
            } else {
                answer.failed(response.getError().getMessage());
            }
        }

        @Override
        public void onError(Throwable error) {
            waiting.keySet()
                    .forEach(id -> {
                        @Nullable Answer answer = waiting.remove(id);
                        if (answer != null) {
                            answer.failed(Status.fromThrowable(error).toString());
                        }
                    });
        }

        @Override
        public void onCompleted() {
            onError(Status.UNAVAILABLE.withDescription("the stream ended").asException());
        }
    }
}
