package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.Authenticate;
import io.campanile.testkit.access.InMemoryApiKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.GetCampaignRequest;
import io.grpc.Metadata;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status.Code;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

class DrainTest {
    private final Drain drain = new Drain();
    private final Gate gate =
            new Gate(
                    new KeyCheck(
                            new Authenticate(
                                    new InMemoryApiKeys(),
                                    new InMemoryChangeSignal(),
                                    InstantSource.system())),
                    new RequestSyntax(List.of(GetCampaignRequest.getDescriptor())),
                    drain);

    @Test
    void sendsNewCallsToAnotherNodeOnceItHasBegun() {
        assertThat(answer().code()).isEqualTo(Code.UNAUTHENTICATED);

        drain.start();

        assertThat(answer())
                .isEqualTo(
                        Refused.forNow(
                                Code.UNAVAILABLE,
                                ErrorReason.ERROR_REASON_SHUTTING_DOWN,
                                Duration.ofSeconds(1)));
    }

    private Refused answer() {
        String method = CampaignServiceGrpc.getGetCampaignMethod().getFullMethodName();
        return answer(
                gate.guard(new CampaignServiceGrpc.CampaignServiceImplBase() {}).getMethod(method));
    }

    /// To a call without a key, which is all that stands behind the drain here.
    private static <Q, A> Refused answer(ServerMethodDefinition<Q, A> method) {
        var call = new RecordingCall<>(method.getMethodDescriptor());
        method.getServerCallHandler().startCall(call, new Metadata());
        return Refused.of(
                Objects.requireNonNull(call.status, "the call goes on")
                        .asRuntimeException(call.trailers));
    }
}
