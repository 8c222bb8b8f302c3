package io.campanile.grpc.trigger;

import static com.google.protobuf.util.Timestamps.fromMillis;

import static io.campanile.grpc.call.ErrorDetails.info;
import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Role;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TestCampaigns;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.v1.AcceptedRecipient;
import io.campanile.v1.CancelExecutionRequest;
import io.campanile.v1.CancelExecutionResponse;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.ExcludedRecipient;
import io.campanile.v1.Execution;
import io.campanile.v1.GetExecutionRequest;
import io.campanile.v1.ListExecutionsRequest;
import io.campanile.v1.Message;
import io.campanile.v1.MessageCounts;
import io.campanile.v1.RecipientResult;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.campanile.v1.WatchExecutionRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class TriggerGrpcServiceTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();

    private TriggerServiceGrpc.TriggerServiceBlockingStub as(Role role) {
        return world.stub(TriggerServiceGrpc::newBlockingStub, role);
    }

    @Test
    void triggersNoCampaignOfAnotherWorkspace() {
        var request =
                TriggerRequests.valid().setCampaign("workspaces/other/campaigns/receipt").build();

        StatusRuntimeException error = refusal(() -> as(Role.TRIGGER).triggerCampaign(request));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(reason(error)).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(world.triggers.taken).isEmpty();
    }

    @Test
    void namesWhatTheFirstRequestStartedWhenAnotherOneHasItsId() {
        var first = new ExecutionId(UUID.randomUUID());
        world.triggers.answer(new TriggerResult.RequestIdReused(first));

        StatusRuntimeException error =
                refusal(() -> as(Role.TRIGGER).triggerCampaign(TriggerRequests.valid().build()));

        assertThat(reason(error)).isEqualTo("REQUEST_ID_REUSED");
        assertThat(info(error).getMetadataMap())
                .isEqualTo(Map.of("requestId", "r-1", "execution", OWN + "/executions/" + first));
    }

    @Test
    void takesTwoSpellingsOfOneAddressForOneIdentity() {
        var request =
                TriggerRequests.valid()
                        .setRecipients(
                                0,
                                TriggerRequests.recipient("Ada@example.com")
                                        .setAddress(
                                                ChannelAddress.newBuilder().setEmail("nowhere")))
                        .addRecipients(TriggerRequests.recipient("ada@EXAMPLE.com"))
                        .build();

        StatusRuntimeException error =
                ErrorDetails.refusal(() -> as(Role.TRIGGER).triggerCampaign(request));

        assertThat(ErrorDetails.reason(error)).isEqualTo("ALL_RECIPIENTS_REJECTED");
        assertThat(ErrorDetails.violations(error).getLast())
                .satisfies(violation -> {
                    assertThat(violation.getField()).startsWith("recipients[1].identity");
                    assertThat(violation.getReason()).isEqualTo("IDENTITY_REPEATED");
                });
    }

    @Test
    void passesOnTheEnvelopeOfATrigger() {
        Instant scheduled = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
        var request =
                TriggerRequests.valid()
                        .setScheduleTime(fromMillis(scheduled.toEpochMilli()))
                        .setExpireTime(fromMillis(scheduled.plusSeconds(60).toEpochMilli()))
                        .putMetadata("order", "17")
                        .build();

        as(Role.TRIGGER).triggerCampaign(request);

        TriggerCommand taken = world.triggers.taken.getFirst();
        assertThat(taken.envelope().scheduleTime()).isEqualTo(scheduled);
        assertThat(taken.envelope().expireTime()).isEqualTo(scheduled.plusSeconds(60));
        assertThat(taken.envelope().metadata()).isEqualTo(Map.of("order", "17"));
        assertThat(taken.validateOnly()).isFalse();
    }

    @Test
    void namesNeitherExecutionNorMessagesWhenItOnlyValidates() {
        world.triggers.answer(
                new TriggerResult.Validated(List.of(new TriggerResult.Forecast.Accepted())));

        TriggerCampaignResponse answer =
                as(Role.TRIGGER)
                        .triggerCampaign(TriggerRequests.valid().setValidateOnly(true).build());

        assertThat(answer)
                .isEqualTo(
                        TriggerCampaignResponse.newBuilder()
                                .setRequestId("r-1")
                                .addResults(
                                        RecipientResult.newBuilder()
                                                .setAccepted(
                                                        AcceptedRecipient.getDefaultInstance()))
                                .build());
        assertThat(world.triggers.taken.getFirst().validateOnly()).isTrue();
    }

    /// Clients repeat what is unavailable by themselves.
    @Test
    void tellsADefectFromADatabaseThatIsAway() {
        world.triggers.answer(
                new TriggerResult.Broken(new IllegalStateException("ada@example.com is odd")));

        assertThatThrownBy(() -> as(Role.TRIGGER).triggerCampaign(TriggerRequests.valid().build()))
                .hasMessageStartingWith("INTERNAL")
                .hasMessageNotContaining("ada");
    }

    @Test
    void tellsWhoWouldBeExcluded() {
        world.triggers.answer(
                new TriggerResult.Validated(
                        List.of(
                                new TriggerResult.Forecast.Excluded(
                                        Reason.ADDRESS_SUPPRESSED, "An entry says no."))));

        TriggerCampaignResponse answer =
                as(Role.TRIGGER)
                        .triggerCampaign(TriggerRequests.valid().setValidateOnly(true).build());

        assertThat(answer.getResultsList())
                .containsExactly(
                        excluded(
                                ExcludedRecipient.newBuilder()
                                        .setReason(Message.Reason.REASON_ADDRESS_SUPPRESSED)
                                        .setDetail("An entry says no.")));
    }

    @Test
    void tellsACallThatWaitsWhoWasExcluded() {
        var message = new MessageId(UUID.randomUUID());
        world.triggers.answer(
                new TriggerResult.Answered(
                        new ExecutionId(UUID.randomUUID()),
                        false,
                        Instant.EPOCH,
                        List.of(new io.campanile.domain.trigger.RecipientResult.Accepted(message)),
                        Map.of(
                                message,
                                new MessageState.Excluded(
                                        Reason.DOMAIN_SUPPRESSED, Instant.EPOCH))));

        TriggerCampaignResponse answer =
                as(Role.TRIGGER)
                        .triggerCampaign(
                                TriggerRequests.valid()
                                        .setWaitFor(
                                                TriggerCampaignRequest.WaitFor.WAIT_FOR_HANDED_OVER)
                                        .build());

        assertThat(answer.getResultsList())
                .containsExactly(
                        excluded(
                                ExcludedRecipient.newBuilder()
                                        .setMessage("workspaces/default/messages/" + message)
                                        .setReason(Message.Reason.REASON_DOMAIN_SUPPRESSED)));
    }

    @Test
    void tellsACallThatWaitsWhereMessagesStandThatHaveNotSettled() {
        var scheduled = new MessageId(UUID.randomUUID());
        var unknown = new MessageId(UUID.randomUUID());
        world.triggers.answer(
                new TriggerResult.Answered(
                        new ExecutionId(UUID.randomUUID()),
                        false,
                        Instant.EPOCH,
                        List.of(
                                new io.campanile.domain.trigger.RecipientResult.Accepted(scheduled),
                                new io.campanile.domain.trigger.RecipientResult.Accepted(unknown)),
                        Map.of(
                                scheduled,
                                new MessageState.Deferred(Instant.MAX, Reason.SCHEDULED))));

        TriggerCampaignResponse answer =
                as(Role.TRIGGER)
                        .triggerCampaign(
                                TriggerRequests.valid()
                                        .setWaitFor(
                                                TriggerCampaignRequest.WaitFor.WAIT_FOR_HANDED_OVER)
                                        .build());

        assertThat(answer.getResults(0).getAccepted().getState())
                .isEqualTo(Message.State.STATE_DEFERRED);
        assertThat(answer.getResults(0).getAccepted().getReason())
                .isEqualTo(Message.Reason.REASON_SCHEDULED);
        assertThat(answer.getResults(1).getAccepted().getMessage()).endsWith(unknown.toString());
        assertThat(answer.getResults(1).getAccepted().getState())
                .isEqualTo(Message.State.STATE_UNSPECIFIED);
    }

    private static RecipientResult excluded(ExcludedRecipient.Builder recipient) {
        return RecipientResult.newBuilder().setExcluded(recipient).build();
    }

    @Test
    void showsAnExecution() {
        NewExecution stored =
                world.stored(
                        trigger -> trigger.recipients(2).rejectedAt(0).metadata(Map.of("a", "b")));

        assertThat(as(Role.VIEWER).getExecution(get(stored))).isEqualTo(running(stored, 2, 1));
    }

    @Test
    void findsExecutionsByRequestIdAndPagesThroughThem() {
        NewExecution first = world.stored(trigger -> trigger.requestId("first"));
        NewExecution second = world.stored(trigger -> trigger.requestId("second"));
        var all = ListExecutionsRequest.newBuilder().setParent(OWN).setPageSize(1);

        var found =
                as(Role.TRIGGER)
                        .listExecutions(
                                all.clone()
                                        .setFilter(
                                                "campaign = \"%s\" AND request_id = \"first\""
                                                        .formatted(TestCampaigns.RECEIPT))
                                        .build());
        var newest = as(Role.TRIGGER).listExecutions(all.build());
        var next =
                as(Role.TRIGGER)
                        .listExecutions(
                                all.clone().setPageToken(newest.getNextPageToken()).build());

        assertThat(found.getExecutionsList()).containsExactly(running(first, 1, 0));
        assertThat(found.getNextPageToken()).isEmpty();
        assertThat(newest.getExecutionsList()).containsExactly(running(second, 1, 0));
        assertThat(next.getExecutionsList()).containsExactly(running(first, 1, 0));
        assertThat(next.getNextPageToken()).isEmpty();
    }

    @Test
    void followsAnExecutionUntilNothingIsOpen() {
        NewExecution stored = world.stored(trigger -> trigger.recipients(2));
        Iterator<Execution> watch =
                as(Role.VIEWER)
                        .watchExecution(
                                WatchExecutionRequest.newBuilder().setName(name(stored)).build());

        assertThat(watch.next()).isEqualTo(running(stored, 2, 0));
        Execution cancelled = as(Role.OPERATOR).cancelExecution(cancel(stored)).getExecution();

        assertThat(watch.next()).isEqualTo(cancelled);
        assertThat(watch.hasNext()).isFalse();
    }

    @Test
    void cancelsOnceAndRepeatsTheCounts() {
        NewExecution stored = world.stored(trigger -> trigger.recipients(2));

        CancelExecutionResponse checked = as(Role.TRIGGER).cancelExecution(wouldCancel(stored));
        CancelExecutionResponse done = as(Role.TRIGGER).cancelExecution(cancel(stored));
        CancelExecutionResponse again = as(Role.TRIGGER).cancelExecution(cancel(stored));
        CancelExecutionResponse checkedAgain =
                as(Role.TRIGGER).cancelExecution(wouldCancel(stored));

        assertThat(checked)
                .isEqualTo(
                        CancelExecutionResponse.newBuilder()
                                .setExecution(running(stored, 2, 0))
                                .setCancelledCount(2)
                                .build());
        assertThat(done)
                .isEqualTo(
                        CancelExecutionResponse.newBuilder()
                                .setExecution(
                                        running(stored, 2, 0).toBuilder()
                                                .setState(Execution.State.STATE_CANCELLED)
                                                .setCounts(
                                                        MessageCounts.newBuilder()
                                                                .setPlannedCount(2)
                                                                .setCancelledCount(2))
                                                .setCancelTime(done.getExecution().getCancelTime()))
                                .setCancelledCount(2)
                                .build());
        assertThat(again).isEqualTo(done);
        assertThat(checkedAgain).isEqualTo(done);
    }

    private static String name(NewExecution stored) {
        return OWN + "/executions/" + stored.id();
    }

    private static GetExecutionRequest get(NewExecution stored) {
        return GetExecutionRequest.newBuilder().setName(name(stored)).build();
    }

    private static CancelExecutionRequest cancel(NewExecution stored) {
        return CancelExecutionRequest.newBuilder().setName(name(stored)).build();
    }

    private static CancelExecutionRequest wouldCancel(NewExecution stored) {
        return cancel(stored).toBuilder().setValidateOnly(true).build();
    }

    private static Execution running(NewExecution stored, long messages, int rejected) {
        return Execution.newBuilder()
                .setName(name(stored))
                .setCampaign(TestCampaigns.RECEIPT)
                .setRevision(TestCampaigns.RECEIPT + "/revisions/1")
                .setRequestId(stored.requestId())
                .setState(Execution.State.STATE_RUNNING)
                .setCounts(
                        MessageCounts.newBuilder()
                                .setPlannedCount(messages)
                                .setAcceptedCount(messages))
                .setRejectedRecipientCount(rejected)
                .setCreateTime(fromMillis(stored.createTime().toEpochMilli()))
                .setExpireTime(fromMillis(stored.expireTime().toEpochMilli()))
                .putAllMetadata(stored.metadata())
                .build();
    }
}
