package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.Authenticate;
import io.campanile.testkit.access.InMemoryApiKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.GetCampaignRequest;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

class DeadlineTest {
    private static final MethodDescriptor<GetCampaignRequest, Campaign> METHOD =
            CampaignServiceGrpc.getGetCampaignMethod();

    private final Gate gate =
            new Gate(
                    new KeyCheck(
                            new Authenticate(
                                    new InMemoryApiKeys(),
                                    new InMemoryChangeSignal(),
                                    InstantSource.system())),
                    new RequestSyntax(List.of(GetCampaignRequest.getDescriptor())),
                    new Drain());

    @Test
    void beginsNoCallWhoseDeadlineHasPassed() throws Exception {
        Status status = inside(Deadline.after(-1, TimeUnit.SECONDS), this::started);

        assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void asksForTheKeyWhileThereIsTime() throws Exception {
        Status status = inside(Deadline.after(1, TimeUnit.HOURS), this::started);

        assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    private Status started() {
        return started(
                gate.guard(new CampaignServiceGrpc.CampaignServiceImplBase() {})
                        .getMethod(METHOD.getFullMethodName()));
    }

    private static <Q, A> Status started(ServerMethodDefinition<Q, A> method) {
        var call = new RecordingCall<>(method.getMethodDescriptor());
        method.getServerCallHandler().startCall(call, new Metadata());
        return Objects.requireNonNull(call.status, "the call goes on");
    }

    private static Status inside(Deadline deadline, Callable<Status> call) throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (var context = Context.ROOT.withDeadline(deadline, scheduler)) {
            return context.call(call);
        } finally {
            scheduler.shutdownNow();
        }
    }
}
