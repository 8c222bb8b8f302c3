package io.campanile.grpc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;

import io.campanile.v1.Execution;
import io.campanile.v1.TriggerServiceGrpc;
import io.campanile.v1.WatchExecutionRequest;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Consumer;

/// The guard of the other tests is awake.
class ErrorContractInterceptorTest {
    @Test
    void findsABareStatus() throws Exception {
        assertThat(end(answers -> answers.onError(Status.NOT_FOUND.asException())))
                .isEqualTo(Status.Code.DATA_LOSS);
    }

    @Test
    void findsABareStatusAfterAnAnswer() throws Exception {
        assertThat(
                        end(answers -> {
                            answers.onNext(Execution.getDefaultInstance());
                            answers.onError(Status.NOT_FOUND.asException());
                        }))
                .isEqualTo(Status.Code.DATA_LOSS);
    }

    @Test
    void findsAViolationWithoutItsFields() throws Exception {
        var info = ErrorInfo.newBuilder().setDomain("campanile.io").setReason("FIELD_VIOLATION");
        var status =
                com.google.rpc.Status.newBuilder()
                        .setCode(Status.Code.INVALID_ARGUMENT.value())
                        .addDetails(Any.pack(info.build()))
                        .build();

        assertThat(end(answers -> answers.onError(StatusProto.toStatusRuntimeException(status))))
                .isEqualTo(Status.Code.DATA_LOSS);
    }

    @Test
    void leavesAloneWhatTheClientMade() throws Exception {
        assertThat(
                        end(
                                Duration.ofSeconds(1),
                                answers -> answers.onNext(Execution.getDefaultInstance())))
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    /// How a call ends that the server answers so.
    private static Status.Code end(Consumer<StreamObserver<Execution>> answering)
            throws IOException {
        return end(Duration.ofMinutes(1), answering);
    }

    private static Status.Code end(Duration deadline, Consumer<StreamObserver<Execution>> answering)
            throws IOException {
        String name = UUID.randomUUID().toString();
        Server server = InProcessServerBuilder.forName(name).addService(so(answering)).build();
        ManagedChannel channel =
                InProcessChannelBuilder.forName(name)
                        .intercept(new ErrorContractInterceptor())
                        .build();
        server.start();
        try {
            Iterator<Execution> answers =
                    TriggerServiceGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(deadline)
                            .watchExecution(WatchExecutionRequest.getDefaultInstance());
            answers.forEachRemaining(_ -> {});
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    private static BindableService so(Consumer<StreamObserver<Execution>> answering) {
        return new TriggerServiceGrpc.TriggerServiceImplBase() {
            @Override
            public void watchExecution(
                    WatchExecutionRequest request, StreamObserver<Execution> answers) {
                answering.accept(answers);
            }
        };
    }
}
