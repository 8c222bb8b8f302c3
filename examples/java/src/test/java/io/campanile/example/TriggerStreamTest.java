package io.campanile.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

class TriggerStreamTest {
    private final FaultyServer faulty = new FaultyServer();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server =
                Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                        .addService(faulty)
                        .build()
                        .start();
        channel =
                Grpc.newChannelBuilder(
                                "127.0.0.1:" + server.getPort(),
                                InsecureChannelCredentials.create())
                        .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    private List<StreamTriggersResponse> trigger() throws InterruptedException {
        List<TriggerCampaignRequest> requests =
                IntStream.range(0, 4)
                        .mapToObj(i ->
                                TriggerCampaignRequest.newBuilder().setRequestId("r" + i).build())
                        .toList();
        return new TriggerStream(TriggerServiceGrpc.newStub(channel)).trigger(requests);
    }

    @Test
    void sendsWhatHasNoAnswerOnceMoreWhenAStreamEnds() throws InterruptedException {
        List<StreamTriggersResponse> answers = trigger();

        assertThat(faulty.streams).hasSize(2);
        String answered = answers.get(0).getRequestId();
        assertThat(faulty.streams.get(1))
                .containsExactlyInAnyOrder(
                        IntStream.range(0, 4)
                                .mapToObj(i -> "r" + i)
                                .filter(id -> !id.equals(answered))
                                .toArray(String[]::new));
        assertThat(answers)
                .extracting(StreamTriggersResponse::getRequestId)
                .containsExactlyInAnyOrder("r0", "r1", "r2", "r3");
        assertThat(answers).allMatch(StreamTriggersResponse::hasResponse);
    }

    @Test
    void givesUpWhereAnotherStreamDoesNotHelp() {
        faulty.ends = Status.UNAUTHENTICATED;

        assertThatThrownBy(this::trigger)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED));
        assertThat(faulty.streams).hasSize(1);
    }

    /// Answers one item of the first stream, asks to come again with the next, and ends at the
    /// third; answers all of the others.
    private static final class FaultyServer extends TriggerServiceGrpc.TriggerServiceImplBase {
        final List<List<String>> streams = new CopyOnWriteArrayList<>();
        volatile Status ends = Status.UNAVAILABLE;

        @Override
        public StreamObserver<StreamTriggersRequest> streamTriggers(
                StreamObserver<StreamTriggersResponse> answers) {
            List<String> seen = new ArrayList<>();
            boolean first = streams.isEmpty();
            streams.add(seen);
            return new StreamObserver<>() {
                @Override
                public void onNext(StreamTriggersRequest request) {
                    seen.add(request.getTrigger().getRequestId());
                    if (!first || seen.size() == 1) {
                        answers.onNext(
                                answer(request)
                                        .setResponse(TriggerCampaignResponse.getDefaultInstance())
                                        .build());
                    } else if (seen.size() == 2) {
                        answers.onNext(answer(request).setError(busy()).build());
                    } else if (seen.size() == 3) {
                        answers.onError(ends.asRuntimeException());
                    }
                }

                @Override
                public void onError(Throwable gone) {}

                @Override
                public void onCompleted() {
                    if (!first) {
                        answers.onCompleted();
                    }
                }
            };
        }

        private static StreamTriggersResponse.Builder answer(StreamTriggersRequest request) {
            return StreamTriggersResponse.newBuilder()
                    .setRequestId(request.getTrigger().getRequestId());
        }

        private static com.google.rpc.Status busy() {
            return com.google.rpc.Status.newBuilder().setCode(Code.UNAVAILABLE.value()).build();
        }
    }
}
