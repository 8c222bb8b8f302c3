package io.campanile.grpc.trigger;

import static io.campanile.grpc.call.ErrorDetails.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.grpc.testing.Waiting;
import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.ConnectivityState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class TriggerStreamTest {
    private static final int WINDOW = 256;
    private static final String OTHERS = "workspaces/other/campaigns/receipt";

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @Test
    void answersEveryItemByItsRequestId() throws Exception {
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = open(answers);

        for (int i = 0; i < 2_000; i++) {
            items.onNext(item(TriggerRequests.valid().setRequestId("r-" + i)));
        }
        items.onCompleted();

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.error).isNull();
        assertThat(answers.answered).hasSize(2_000).contains("r-0", "r-1999");
    }

    /// The connection takes no new calls by then.
    @Test
    void outlivesTheAgeOfItsConnection() throws Exception {
        try (var aging = new GrpcWorld(Duration.ofSeconds(1))) {
            Answers answers = new Answers();
            StreamObserver<StreamTriggersRequest> items = open(aging, answers);
            items.onNext(item(TriggerRequests.valid().setRequestId("young")));
            Waiting.until(() -> answers.answered.contains("young"));
            Waiting.until(() -> aging.channel.getState(false) == ConnectivityState.IDLE);

            items.onNext(item(TriggerRequests.valid().setRequestId("old")));
            items.onCompleted();

            assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(answers.error).isNull();
            assertThat(answers.answered).containsExactlyInAnyOrder("young", "old");
        }
    }

    @Test
    void goesOnAfterABadItem() throws Exception {
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = open(answers);

        items.onNext(item(TriggerRequests.valid().setRequestId("bad").clearRecipients()));
        items.onNext(item(TriggerCampaignRequest.newBuilder()));
        items.onNext(item(TriggerRequests.valid().setRequestId("x".repeat(2 << 20))));
        items.onNext(item(TriggerRequests.valid().setRequestId("good")));
        items.onCompleted();

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.error).isNull();
        assertThat(answers.all)
                .extracting(StreamTriggersResponse::getRequestId, StreamTriggersResponse::hasError)
                .containsExactlyInAnyOrder(
                        tuple("bad", true), tuple("", true), tuple("", true), tuple("good", false));
        assertThat(answers.all)
                .filteredOn(StreamTriggersResponse::hasError)
                .allSatisfy(answer ->
                        assertThat(answer.getError().getDetailsList())
                                .filteredOn((Any detail) -> detail.is(ErrorInfo.class))
                                .hasSize(1));
    }

    @Test
    void knowsNothingOfOtherWorkspaces() throws Exception {
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = open(answers);

        items.onNext(item(TriggerRequests.valid().setRequestId("own-1")));
        items.onNext(item(TriggerRequests.valid().setRequestId("other").setCampaign(OTHERS)));
        items.onNext(item(TriggerRequests.valid().setRequestId("own-2")));
        items.onCompleted();

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.all)
                .extracting(
                        StreamTriggersResponse::getRequestId,
                        answer -> Status.fromCodeValue(answer.getError().getCode()).getCode())
                .containsExactlyInAnyOrder(
                        tuple("own-1", Status.Code.OK),
                        tuple("other", Status.Code.NOT_FOUND),
                        tuple("own-2", Status.Code.OK));
        assertThat(world.triggers.taken)
                .extracting(TriggerCommand::requestId)
                .containsExactly("own-1", "own-2");
    }

    @Test
    void keepsTheDeadlineWhenTheKeyIsLookedUpAgain() throws Exception {
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items =
                stub().withDeadlineAfter(60, TimeUnit.SECONDS).streamTriggers(answers);
        items.onNext(item(TriggerRequests.valid().setRequestId("known")));
        assertThat(answers.all.poll(30, TimeUnit.SECONDS)).isNotNull();
        world.forgetKeys();

        items.onNext(item(TriggerRequests.valid().setRequestId("looked-up")));
        items.onCompleted();

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(world.triggers.taken)
                .hasSize(2)
                .allSatisfy(command -> assertThat(command.patience().deadline()).isNotNull());
    }

    @Test
    void goesOnWhenTheKeyCannotBeLookedUpForAMoment() throws Exception {
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = openWithOneInFlight(answers);
        world.fakes.keys.beAway(true);
        world.forgetKeys();

        items.onNext(item(TriggerRequests.valid().setRequestId("unlucky")));
        StreamTriggersResponse unlucky = answers.all.poll(30, TimeUnit.SECONDS);
        world.fakes.keys.beAway(false);
        world.triggers.goOn();
        items.onNext(item(TriggerRequests.valid().setRequestId("lucky")));
        items.onCompleted();

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.error).isNull();
        assertThat(unlucky).isNotNull();
        assertThat(unlucky.getRequestId()).isEqualTo("unlucky");
        assertThat(Status.fromCodeValue(unlucky.getError().getCode()).getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(answers.answered).containsExactlyInAnyOrder("in flight", "lucky");
    }

    @Test
    void answersWhatItHasTakenBeforeARevokedKeyEndsIt() throws Exception {
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = openWithOneInFlight(answers);
        world.revoke(Role.TRIGGER);

        items.onNext(item(TriggerRequests.valid().setRequestId("too late")));
        StreamTriggersResponse tooLate = answers.all.poll(30, TimeUnit.SECONDS);
        world.triggers.goOn();

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(tooLate).isNotNull();
        assertThat(tooLate.getRequestId()).isEqualTo("too late");
        assertThat(Status.fromCodeValue(tooLate.getError().getCode()).getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(answers.answered).containsExactly("in flight");
        assertThat(Status.fromThrowable(answers.error).getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(world.triggers.taken).hasSize(1);
    }

    /// Opens a stream with an item that is taken, and answered when the triggers go on.
    private StreamObserver<StreamTriggersRequest> openWithOneInFlight(Answers answers) {
        world.triggers.hold();
        StreamObserver<StreamTriggersRequest> items = open(answers);
        items.onNext(item(TriggerRequests.valid().setRequestId("in flight")));
        Waiting.until(() -> world.triggers.taken.size() == 1);
        return items;
    }

    @Test
    void endsWithDetailsWhenAnItemIsMoreThanIsWorthReading() throws Exception {
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = open(answers);

        items.onNext(item(TriggerRequests.valid().setRequestId("x".repeat(40 << 20))));

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.error)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        error -> assertThat(reason(error)).isEqualTo("REQUEST_TOO_LARGE"));
    }

    private void fillTheIntake() {
        world.triggers.answer(
                new TriggerResult.Overloaded(TriggerResult.Overload.INTAKE, Duration.ofMillis(20)));
    }

    private Set<String> triedAgainAndAgain() {
        Set<String> tried = ConcurrentHashMap.newKeySet();
        Waiting.until(() -> {
            world.triggers.taken.forEach(command -> tried.add(command.requestId()));
            return world.triggers.taken.size() > 3 * WINDOW;
        });
        return tried;
    }

    @Test
    void takesNoMoreThanAWindowFromACallerWhoDoesNotReadWhileTheIntakeIsFull() throws Exception {
        fillTheIntake();
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = open(answers);
        for (int i = 0; i < 1_000; i++) {
            items.onNext(item(TriggerRequests.valid().setRequestId("r-" + i)));
        }
        items.onCompleted();
        Set<String> tried = triedAgainAndAgain();

        assertThat(tried).hasSizeLessThanOrEqualTo(WINDOW);
        assertThat(answers.all).isEmpty();

        world.triggers.answer(null);

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.answered).hasSize(1_000);
    }

    @Test
    void takesFewItemsThatCarryMuchWhileTheIntakeIsFull() throws Exception {
        fillTheIntake();
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = open(answers);
        String json = "{\"notes\": \"" + "x".repeat(180_000) + "\"}";
        for (int i = 0; i < 100; i++) {
            var large = TriggerRequests.valid().setRequestId("r-" + i);
            large.getRecipientsBuilder(0).clearContext().setContextJson(json);
            items.onNext(item(large));
        }
        items.onCompleted();
        Set<String> tried = triedAgainAndAgain();

        assertThat(tried).hasSizeBetween(10, 30);

        world.triggers.answer(null);

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.answered).hasSize(100);
    }

    /// Not on the thread that read it: the call itself would end by that.
    @Test
    void answersAnItemThatEndsTheThreadWhichTriesItAgain() throws Exception {
        fillTheIntake();
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = open(answers);
        items.onNext(item(TriggerRequests.valid().setRequestId("deep")));
        items.onCompleted();
        Waiting.until(() -> world.triggers.taken.size() > 1);

        world.triggers.fail(new StackOverflowError("by the test's will"));

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.error).isNull();
        assertThat(answers.all)
                .extracting(
                        StreamTriggersResponse::getRequestId,
                        answer -> Status.fromCodeValue(answer.getError().getCode()).getCode())
                .containsExactly(tuple("deep", Status.Code.INTERNAL));
    }

    @Test
    void endsAsTheNodeStops() throws Exception {
        Answers answers = new Answers();
        StreamObserver<StreamTriggersRequest> items = open(answers);
        items.onNext(item(TriggerRequests.valid().setRequestId("last")));
        assertThat(answers.all.poll(30, TimeUnit.SECONDS)).isNotNull();

        world.server.stop(Duration.ofSeconds(20));

        assertThat(answers.end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.error).isInstanceOf(StatusRuntimeException.class);
        assertThat(Status.fromThrowable(answers.error).getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    private StreamObserver<StreamTriggersRequest> open(Answers answers) {
        return open(world, answers);
    }

    private static StreamObserver<StreamTriggersRequest> open(GrpcWorld in, Answers answers) {
        return stub(in).streamTriggers(answers);
    }

    private TriggerServiceGrpc.TriggerServiceStub stub() {
        return stub(world);
    }

    private static TriggerServiceGrpc.TriggerServiceStub stub(GrpcWorld in) {
        return in.stub(TriggerServiceGrpc::newStub, Role.TRIGGER);
    }

    private static StreamTriggersRequest item(TriggerCampaignRequest.Builder trigger) {
        return StreamTriggersRequest.newBuilder().setTrigger(trigger).build();
    }

    /// What came back.
    private static final class Answers
            implements ClientResponseObserver<StreamTriggersRequest, StreamTriggersResponse> {
        private final BlockingQueue<StreamTriggersResponse> all = new LinkedBlockingQueue<>();
        private final Set<String> answered = ConcurrentHashMap.newKeySet();
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile @Nullable Throwable error;

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamTriggersRequest> call) {}

        @Override
        public void onNext(StreamTriggersResponse answer) {
            all.add(answer);
            if (answer.hasResponse()) {
                answered.add(answer.getRequestId());
            }
        }

        @Override
        public void onError(Throwable failure) {
            error = failure;
            end.countDown();
        }

        @Override
        public void onCompleted() {
            end.countDown();
        }
    }
}
