package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;

import org.junit.jupiter.api.Test;

/// Items of a stream that cannot be read, from a caller who does not read answers.
class GatedListenerTest {
    private static final MethodDescriptor<StreamTriggersRequest, StreamTriggersResponse> METHOD =
            TriggerServiceGrpc.getStreamTriggersMethod();
    private static final Parsed<StreamTriggersRequest> UNREADABLE =
            new Parsed.Failure<>(GrpcErrors.malformedRequest("planted"));
    private static final StreamTriggersResponse ANSWER =
            StreamTriggersResponse.newBuilder().setRequestId("unreadable").build();

    private final RecordingCall<StreamTriggersRequest, StreamTriggersResponse> wire =
            new RecordingCall<>(METHOD);
    private final GatedCall<StreamTriggersRequest, StreamTriggersResponse> call =
            new GatedCall<>(wire, METHOD);
    private final GatedListener<StreamTriggersRequest, StreamTriggersResponse> listener =
            new GatedListener<>(call, ending(), Context.ROOT, _ -> null, _ -> ANSWER);

    private ServerCall.Listener<StreamTriggersRequest> ending() {
        return new ServerCall.Listener<>() {
            @Override
            public void onHalfClose() {
                call.close(Status.OK, new Metadata());
            }
        };
    }

    @Test
    void areAnsweredAtOnceWhileTheCallerReads() {
        listener.onMessage(UNREADABLE);

        assertThat(wire.sent).containsExactly(ANSWER);
        assertThat(wire.requested).isEqualTo(1);
        assertThat(wire.status).isNull();
    }

    @Test
    void waitForTheirAnswerUntilTheCallerReads() {
        wire.ready = false;
        listener.onMessage(UNREADABLE);
        listener.onMessage(UNREADABLE);

        assertThat(wire.sent).isEmpty();
        assertThat(wire.requested).isZero();
        assertThat(wire.status).isNull();

        wire.ready = true;
        listener.onReady();

        assertThat(wire.sent).containsExactly(ANSWER, ANSWER);
        assertThat(wire.requested).isEqualTo(2);
    }

    @Test
    void areAnsweredBeforeTheStreamEnds() {
        wire.ready = false;
        listener.onMessage(UNREADABLE);
        listener.onHalfClose();

        assertThat(wire.sent).containsExactly(ANSWER);
        assertThat(wire.status).isEqualTo(Status.OK);
    }
}
