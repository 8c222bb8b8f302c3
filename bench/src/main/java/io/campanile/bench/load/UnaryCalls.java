package io.campanile.bench.load;

import io.campanile.v1.TriggerCampaignRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Unary calls, in turn over the channels.
final class UnaryCalls<T> implements Calls {
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final List<Channel> channels;
    private final MethodDescriptor<TriggerCampaignRequest, T> method;
    private final Predicate<T> acceptance;
    private final AtomicInteger turn = new AtomicInteger();

    UnaryCalls(
            List<Channel> channels,
            MethodDescriptor<TriggerCampaignRequest, T> method,
            Predicate<T> acceptance) {
        this.channels = channels;
        this.method = method;
        this.acceptance = acceptance;
    }

    @Override
    public void start(TriggerCampaignRequest request, Answer answer) {
        Channel channel = channels.get(Math.floorMod(turn.getAndIncrement(), channels.size()));
        ClientCalls.asyncUnaryCall(
                channel.newCall(method, CallOptions.DEFAULT), request, new Reply(answer));
    }

    private final class Reply implements StreamObserver<T> {
        private final Answer answer;
        private boolean accepted;

        Reply(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void onNext(T response) {
            accepted = acceptance.test(response);
        }

        @Override
        public void onError(Throwable error) {
            Status status = Status.fromThrowable(error);
            Metadata trailers = Status.trailersFromThrowable(error);
            if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                    && trailers != null
                    && trailers.containsKey(PUSHBACK)) {
                answer.refused();
            } else {
                answer.failed(status.toString());
            }
        }

        @Override
        public void onCompleted() {
            if (accepted) {
                answer.accepted();
            } else {
                answer.failed("rejected");
            }
        }
    }
}
