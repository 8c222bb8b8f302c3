package io.campanile.grpc.call;

import static io.campanile.grpc.call.ErrorDetails.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.testing.CollectedAnswers;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.RawConnection;
import io.campanile.grpc.testing.TestKeys;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.grpc.testing.Waiting;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.GetWorkspaceRequest;
import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.campanile.v1.Workspace;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Requests of which the rest does not come.
@Timeout(60)
class ArrivalsTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int MOST = 1_000_000;
    private static final int CLAIMED = 16_000_000;
    private static final int PART = 60_000;

    private static final String CHECK = HealthGrpc.getCheckMethod().getFullMethodName();
    private static final String GET = AccessServiceGrpc.getGetWorkspaceMethod().getFullMethodName();
    private static final String STREAM =
            TriggerServiceGrpc.getStreamTriggersMethod().getFullMethodName();

    private final RequestBudget budget = new RequestBudget(100_000_000);

    private GrpcWorld world(RequestSizes sizes) {
        return new GrpcWorld(Duration.ofHours(1), sizes);
    }

    private RequestSizes sizes(Duration patience) {
        return new RequestSizes(budget, MOST, patience);
    }

    @Test
    void endCallsWithoutARequestInTime() throws Exception {
        try (var world = world(sizes(SOON));
                var raw = new RawConnection(world.server.port())) {
            List<Integer> streams =
                    List.of(
                            raw.begin(GET, key(Role.VIEWER)),
                            raw.begin(CHECK, null),
                            raw.beginRequest(GET, key(Role.VIEWER), 1_000, 10),
                            raw.beginRequest(CHECK, null, 1_000, 10));

            for (int stream : streams) {
                assertThat(raw.end(stream).get(30, TimeUnit.SECONDS)).isEqualTo("REQUEST_LATE");
            }
        }
    }

    /// A single request is passed on when its call says that nothing follows.
    @Test
    void endCallsInTimeThatDoNotSayThatTheirRequestWasAll() throws Exception {
        try (var world = world(sizes(SOON))) {
            StatusRuntimeException error = unfinished(world).get(30, TimeUnit.SECONDS);

            assertThat(error.getStatus().getCode())
                    .as(error.toString())
                    .isEqualTo(Code.DEADLINE_EXCEEDED);
            assertThat(reason(error)).isEqualTo("REQUEST_LATE");
        }
        assertThat(budget.held()).isZero();
    }

    @Test
    void endStreamsWhoseMessageStopsHalfwayAndNoOthers() throws Exception {
        RequestSizes sizes = sizes(SOON);
        try (var world = world(sizes);
                var raw = new RawConnection(world.server.port())) {
            var answers = new CollectedAnswers<StreamTriggersResponse>();
            StreamObserver<StreamTriggersRequest> slow =
                    world.stub(TriggerServiceGrpc::newStub, Role.TRIGGER).streamTriggers(answers);
            slow.onNext(item("first"));
            Waiting.until(() -> answers.soFar().size() == 1);

            int stream = raw.beginRequest(STREAM, key(Role.TRIGGER), 1_000, 10);
            assertThat(raw.end(stream).get(30, TimeUnit.SECONDS)).isEqualTo("REQUEST_LATE");

            slow.onNext(item("second"));
            slow.onCompleted();
            assertThat(answers.all().get(30, TimeUnit.SECONDS))
                    .hasSize(2)
                    .allMatch(StreamTriggersResponse::hasResponse);
        }
        assertThat(sizes.arrivals().bytes()).isZero();
    }

    @Test
    void countNothingOfCallsThatWereGivenUp() {
        RequestSizes sizes = sizes(NEVER);
        try (var world = world(sizes)) {
            try (var raw = new RawConnection(world.server.port())) {
                for (int i = 0; i < 5; i++) {
                    raw.beginRequest(GET, key(Role.VIEWER), CLAIMED, PART);
                }
                Waiting.until(() -> sizes.arrivals().bytes() == 5 * PART);
            }
            Waiting.until(() -> sizes.arrivals().bytes() == 0);
        }
    }

    @Test
    void makeRoomByEndingTheOldestOfWhoeverHasMost() throws Exception {
        RequestSizes sizes = sizes(NEVER);
        try (var world = world(sizes);
                var other = new RawConnection(world.server.port());
                var raw = new RawConnection(world.server.port())) {
            int spared =
                    other.beginRequest(
                            GET, TestKeys.secret(GrpcWorld.OTHER, Role.VIEWER), CLAIMED, PART);
            Waiting.until(() -> sizes.arrivals().bytes() == PART);
            List<Integer> streams = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                streams.add(raw.beginRequest(GET, key(Role.VIEWER), CLAIMED, PART));
            }

            assertThat(raw.end(streams.getFirst()).get(30, TimeUnit.SECONDS))
                    .isEqualTo("REQUESTS_FULL");
            Waiting.until(() -> sizes.arrivals().bytes() <= MOST);
            assertThat(raw.end(streams.getLast())).isNotDone();
            assertThat(other.end(spared)).isNotDone();
            assertThat(workspace(world).getName()).isEqualTo(GrpcWorld.OWN);
        }
    }

    /// Small ones, which are never refused by themselves.
    @Test
    void keepToTheirBoundHoweverManySmallOnesThereAre() {
        RequestSizes sizes = sizes(NEVER);
        try (var world = world(sizes);
                var raw = new RawConnection(world.server.port())) {
            List<Integer> streams =
                    IntStream.range(0, 300)
                            .mapToObj(_ -> raw.beginRequest(GET, key(Role.VIEWER), 15_000, 14_000))
                            .toList();
            Waiting.until(() -> raw.end(streams.get(200)).isDone());

            Waiting.until(() -> sizes.arrivals().bytes() <= MOST);
            assertThat(workspace(world).getName()).isEqualTo(GrpcWorld.OWN);
        }
    }

    @Test
    void takeCallsWithKeysWhateverServicesWithoutKeysAreSent() throws Exception {
        RequestSizes sizes = sizes(NEVER);
        try (var world = world(sizes);
                var raw = new RawConnection(world.server.port())) {
            for (int i = 0; i < 700; i++) {
                int stream = raw.beginRequest(CHECK, null, CLAIMED, 5_000);
                assertThat(raw.end(stream).get(30, TimeUnit.SECONDS))
                        .isEqualTo("REQUEST_TOO_LARGE");
                var _ = raw.beginRequest(CHECK, null, CLAIMED, 4_000);
            }

            assertThat(sizes.arrivals().bytes()).isLessThanOrEqualTo(MOST);
            assertThat(workspace(world).getName()).isEqualTo(GrpcWorld.OWN);
            assertThat(
                            HealthGrpc.newBlockingStub(world.channel)
                                    .check(HealthCheckRequest.getDefaultInstance())
                                    .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        }
    }

    private static Workspace workspace(GrpcWorld world) {
        return world.stub(AccessServiceGrpc::newBlockingStub, Role.VIEWER)
                .getWorkspace(GetWorkspaceRequest.newBuilder().setName(GrpcWorld.OWN).build());
    }

    private static String key(Role role) {
        return TestKeys.secret(WorkspaceId.DEFAULT, role);
    }

    private static StreamTriggersRequest item(String requestId) {
        return StreamTriggersRequest.newBuilder()
                .setTrigger(TriggerRequests.valid().setRequestId(requestId))
                .build();
    }

    /// How a call ends that sends a request and does not say that this is all.
    private static CompletableFuture<StatusRuntimeException> unfinished(GrpcWorld world) {
        var end = new CompletableFuture<StatusRuntimeException>();
        ClientCall<GetWorkspaceRequest, Workspace> call =
                world.channel.newCall(
                        AccessServiceGrpc.getGetWorkspaceMethod(),
                        CallOptions.DEFAULT.withCallCredentials(GrpcWorld.as(Role.VIEWER)));
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status.asRuntimeException(trailers));
                    }
                },
                new Metadata());
        call.sendMessage(GetWorkspaceRequest.newBuilder().setName(GrpcWorld.OWN).build());
        return end;
    }
}
