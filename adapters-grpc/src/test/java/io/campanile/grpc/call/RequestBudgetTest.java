package io.campanile.grpc.call;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.CollectedAnswers;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TestKeys;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.grpc.testing.Waiting;
import io.campanile.testkit.log.LogLines;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.GetWorkspaceRequest;
import io.campanile.v1.ImportProfilesRequest;
import io.campanile.v1.ImportProfilesResponse;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A node that may hold two large requests and a half of each workspace. Whatever becomes of calls,
/// nothing is held when they are over.
@Timeout(60)
class RequestBudgetTest {
    private static final int LARGE = 720_000;

    private final AtomicInteger looks = new AtomicInteger();
    private final RequestBudget budget =
            new RequestBudget(LARGE * 5) {
                @Override
                SharedBytes requests(int bytes) {
                    looks.incrementAndGet();
                    return super.requests(bytes);
                }
            };
    private final GrpcWorld world = new GrpcWorld(Duration.ofHours(1), budget);

    @AfterEach
    void endWithNothingHeld() {
        Waiting.until(() -> budget.held() == 0 && budget.answers() == 0);
        world.close();
    }

    @Test
    void refusesCallsBeyondItAndTakesThemAgainWhenOthersWereAnswered() throws Exception {
        world.triggers.hold();
        var first = later(large("a"));
        var second = later(large("b"));
        Waiting.until(() -> world.triggers.taken.size() == 2);
        assertThat(budget.held()).isBetween(2L * LARGE, LARGE * 5L / 2);

        StatusRuntimeException refused = refusal(() -> trigger(large("c")));

        assertThat(refused.getStatus().getCode())
                .as(refused.toString())
                .isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(reason(refused)).isEqualTo("REQUESTS_FULL");
        assertThat(world.triggers.taken).hasSize(2);

        world.triggers.goOn();
        first.get();
        second.get();
        Waiting.until(() -> budget.held() == 0);
        assertThat(trigger(large("c")).getExecution()).isNotEmpty();
    }

    @Test
    void takesSmallCallsBesideLargeOnes() {
        world.triggers.hold();
        var first = later(large("a"));
        var second = later(large("b"));
        Waiting.until(() -> world.triggers.taken.size() == 2);

        var small = later(TriggerRequests.valid().setRequestId("small").build());
        Waiting.until(() -> world.triggers.taken.size() == 3);

        world.triggers.goOn();
        assertThat(List.of(first, second, small))
                .allSatisfy(call -> assertThat(call.get()).isNotNull());
    }

    @Test
    void leavesHalfToOtherWorkspaces() {
        world.triggers.hold();
        var first = later(large("a"));
        var second = later(large("b"));
        Waiting.until(() -> world.triggers.taken.size() == 2);
        assertThat(code(() -> trigger(large("c")))).isEqualTo(Code.RESOURCE_EXHAUSTED);

        var answers = new CollectedAnswers<TriggerCampaignResponse>();
        TriggerServiceGrpc.newStub(world.channel)
                .withCallCredentials(
                        TestKeys.authorization(
                                "Bearer " + TestKeys.secret(GrpcWorld.OTHER, Role.TRIGGER)))
                .triggerCampaign(
                        large("d").toBuilder()
                                .setCampaign("workspaces/other/campaigns/receipt")
                                .build(),
                        answers);
        Waiting.until(() -> world.triggers.taken.size() == 3);

        world.triggers.goOn();
        assertThat(List.of(first, second, answers.all()))
                .allSatisfy(call -> assertThat(call.get()).isNotNull());
    }

    /// Such as the revocation of the key that holds all the others.
    @Test
    void takesSmallCallsWhileThereIsNoRoomForLargeOnesAndSaysWhatToDo() {
        try (var lines = LogLines.of(RequestBudget.class.getName())) {
            world.triggers.hold();
            var calls = List.of(later(large("a")), later(large("b")));
            Waiting.until(() -> world.triggers.taken.size() == 2);
            assertThat(code(() -> trigger(large("c")))).isEqualTo(Code.RESOURCE_EXHAUSTED);
            assertThat(code(() -> trigger(large("d")))).isEqualTo(Code.RESOURCE_EXHAUSTED);

            assertThat(
                            world.stub(AccessServiceGrpc::newBlockingStub, Role.OWNER)
                                    .getWorkspace(
                                            GetWorkspaceRequest.newBuilder().setName(OWN).build())
                                    .getName())
                    .isEqualTo(OWN);
            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .contains("-Xmx", "workspace=default", "cause=requests that are worked on");

            world.triggers.goOn();
            assertThat(calls).allSatisfy(call -> assertThat(call.get()).isNotNull());
        }
    }

    @Test
    void getsBackWhatCancelledCallsHeld() {
        world.triggers.hold();
        try (CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> {
                var _ = later(large("a"));
            });
            Waiting.until(() -> world.triggers.taken.size() == 1);
            assertThat(budget.held()).isGreaterThan(LARGE);
        }

        Waiting.until(() -> budget.held() == 0);
        world.triggers.goOn();
    }

    @Test
    void getsBackWhatRefusedCallsHeld() {
        for (int i = 0; i < 5; i++) {
            assertThat(code(() -> trigger(large("a").toBuilder().setRequestId("\n").build())))
                    .isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(code(() -> trigger(large("x".repeat(400_000)))))
                    .isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(
                            code(() ->
                                    profiles()
                                            .batchUpsertProfiles(
                                                    BatchUpsertProfilesRequest.newBuilder()
                                                            .setParent("workspaces/other")
                                                            .addProfiles(person("b"))
                                                            .build())))
                    .isEqualTo(Code.NOT_FOUND);
        }
    }

    @Test
    void letsStreamsWaitInsteadOfFailing() throws Exception {
        world.triggers.hold();
        var answers = new CollectedAnswers<StreamTriggersResponse>();
        StreamObserver<StreamTriggersRequest> items = stream(answers);
        for (int i = 0; i < 12; i++) {
            items.onNext(item(large("r-" + i)));
        }
        items.onCompleted();
        Waiting.until(() -> world.triggers.taken.size() >= 2);

        world.triggers.goOn();

        assertThat(answers.all().get()).hasSize(12).allMatch(StreamTriggersResponse::hasResponse);
    }

    @Test
    void asksNewStreamsForNothingWhileThereIsNoRoom() throws Exception {
        world.triggers.hold();
        List<CompletableFuture<TriggerCampaignResponse>> calls = new ArrayList<>();
        calls.add(later(large("a")));
        calls.add(later(large("b")));
        Waiting.until(() -> world.triggers.taken.size() == 2);
        var answers = new CollectedAnswers<StreamTriggersResponse>();
        StreamObserver<StreamTriggersRequest> items = stream(answers);
        items.onNext(item(large("c")));
        Waiting.until(() -> world.triggers.taken.size() == 3);
        var others = new CollectedAnswers<StreamTriggersResponse>();
        StreamObserver<StreamTriggersRequest> more = stream(others);
        more.onNext(item(large("d")));
        more.onCompleted();
        awaitLooks();

        assertThat(world.triggers.taken).hasSize(3);

        world.triggers.goOn();
        assertThat(others.all().get()).singleElement().matches(StreamTriggersResponse::hasResponse);
        items.onCompleted();
        var _ = answers.all().get();
        for (var call : calls) {
            assertThat(call.get().getExecution()).isNotEmpty();
        }
    }

    @Test
    void getsBackWhatItemsOfCancelledStreamsHeld() {
        world.triggers.hold();
        var answers = new CollectedAnswers<StreamTriggersResponse>();
        StreamObserver<StreamTriggersRequest> items = stream(answers);
        items.onNext(item(large("a")));
        items.onNext(item(large("b")));
        Waiting.until(() -> world.triggers.taken.size() == 2);

        items.onError(new IllegalStateException("given up"));

        Waiting.until(() -> budget.held() == 0);
        world.triggers.goOn();
    }

    @Test
    void getsBackWhatItemsHeldThatWereAnswered() throws Exception {
        var answers = new CollectedAnswers<StreamTriggersResponse>();
        StreamObserver<StreamTriggersRequest> items = stream(answers);
        for (int i = 0; i < 40; i++) {
            items.onNext(item(large("r-" + i)));
            items.onNext(item(large("\n")));
            items.onNext(item(large("x".repeat(400_000))));
        }
        Waiting.until(() -> answers.soFar().size() == 120 || answers.all().isDone());

        assertThat(answers.all()).isNotDone();
        Waiting.until(() -> budget.held() == 0);
        items.onCompleted();
        var _ = answers.all().get();
    }

    @Test
    void getsBackWhatMessagesOfImportsHeld() throws Exception {
        var answers = new CollectedAnswers<ImportProfilesResponse>();
        StreamObserver<ImportProfilesRequest> rows =
                world.stub(ProfileServiceGrpc::newStub, Role.OPERATOR).importProfiles(answers);
        for (int i = 0; i < 10; i++) {
            var message = ImportProfilesRequest.newBuilder().setParent(OWN).setImportId("crm");
            for (int row = 0; row < 100; row++) {
                message.addProfiles(person("p-" + row));
            }
            rows.onNext(message.build());
        }
        rows.onCompleted();

        var _ = answers.all().get();
    }

    /// A stream that has asked for an item looks no more until that has come.
    private void awaitLooks() {
        int before = looks.get();
        Waiting.until(() -> looks.get() >= before + 3);
    }

    private static Code code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return refusal(call).getStatus().getCode();
    }

    private CompletableFuture<TriggerCampaignResponse> later(TriggerCampaignRequest request) {
        var answers = new CollectedAnswers<TriggerCampaignResponse>();
        world.stub(TriggerServiceGrpc::newStub, Role.TRIGGER).triggerCampaign(request, answers);
        return answers.all().thenApply(List::getFirst);
    }

    private TriggerCampaignResponse trigger(TriggerCampaignRequest request) {
        return world.stub(TriggerServiceGrpc::newBlockingStub, Role.TRIGGER)
                .triggerCampaign(request);
    }

    private ProfileServiceGrpc.ProfileServiceBlockingStub profiles() {
        return world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR);
    }

    private StreamObserver<StreamTriggersRequest> stream(
            StreamObserver<StreamTriggersResponse> answers) {
        return world.stub(TriggerServiceGrpc::newStub, Role.TRIGGER).streamTriggers(answers);
    }

    private static StreamTriggersRequest item(TriggerCampaignRequest trigger) {
        return StreamTriggersRequest.newBuilder().setTrigger(trigger).build();
    }

    /// Four people with 180 kB each.
    private static TriggerCampaignRequest large(String requestId) {
        var request = TriggerRequests.valid().setRequestId(requestId).clearRecipients();
        String json = "{\"notes\": \"" + "x".repeat(180_000) + "\"}";
        for (int i = 0; i < 4; i++) {
            request.addRecipients(
                    TriggerRequests.recipient("p" + i + "@example.com").setContextJson(json));
        }
        return request.build();
    }

    private static Profile person(String id) {
        return Profile.newBuilder()
                .addIdentities(identity("crmId", id))
                .setTimeZone("Europe/Vienna")
                .build();
    }
}
