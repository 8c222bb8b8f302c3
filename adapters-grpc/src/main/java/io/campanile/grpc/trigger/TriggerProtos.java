package io.campanile.grpc.trigger;

import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;

import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.message.MessageProtos;
import io.campanile.grpc.payload.Allowance;
import io.campanile.grpc.resource.Identities;
import io.campanile.grpc.resource.MessageDigests;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.AcceptedRecipient;
import io.campanile.v1.ExcludedRecipient;
import io.campanile.v1.RejectedRecipient;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.ViolationReason;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Triggers and their answers between protobuf and the application.
final class TriggerProtos {
    private static final int METADATA_LIMIT_BYTES = 2048;

    private final RequestSyntax syntax;

    TriggerProtos(RequestSyntax syntax) {
        this.syntax = syntax;
    }

    /// The command, for a request whose envelope was found right.
    TriggerCommand command(TriggerCampaignRequest request, CallerPatience patience) {
        List<TriggerCommand.Entry> entries = new ArrayList<>(request.getRecipientsCount());
        for (io.campanile.v1.Recipient recipient : request.getRecipientsList()) {
            entries.add(entry(recipient));
        }
        return new TriggerCommand(
                envelope(request),
                entries,
                waitFor(request.getWaitFor()),
                request.getValidateOnly(),
                patience);
    }

    private static TriggerEnvelope envelope(TriggerCampaignRequest request) {
        return new TriggerEnvelope(
                Names.campaign(request.getCampaign()),
                request.getRequestId(),
                request.getMetadataMap(),
                request.hasScheduleTime() ? time(request.getScheduleTime()) : null,
                request.hasExpireTime() ? time(request.getExpireTime()) : null);
    }

    /// What is wrong with everything but the recipients.
    List<FieldProblem> checkEnvelope(TriggerCampaignRequest request) {
        List<FieldProblem> problems = syntax.checkRules(request);
        checkTime("schedule_time", request.hasScheduleTime(), request.getScheduleTime(), problems);
        checkTime("expire_time", request.hasExpireTime(), request.getExpireTime(), problems);
        checkSize(request.getMetadataMap(), problems);
        return problems;
    }

    static void checkSize(Map<String, String> metadata, List<FieldProblem> problems) {
        if (size(metadata) > METADATA_LIMIT_BYTES) {
            problems.add(
                    outOfRange("metadata", "is larger than " + METADATA_LIMIT_BYTES + " bytes"));
        }
    }

    static void checkTime(
            String field, boolean present, Timestamp time, List<FieldProblem> problems) {
        if (present && Times.instant(time).isEmpty()) {
            problems.add(outOfRange(field, Times.NO_TIME));
        }
    }

    private static FieldProblem outOfRange(String field, String description) {
        return new FieldProblem(field, ViolationReason.VIOLATION_REASON_OUT_OF_RANGE, description);
    }

    private static int size(Map<String, String> metadata) {
        int size = 0;
        for (Map.Entry<String, String> label : metadata.entrySet()) {
            size += label.getKey().length();
            size += label.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    private TriggerCommand.Entry entry(io.campanile.v1.Recipient recipient) {
        List<FieldViolation> violations = new ArrayList<>();
        for (FieldProblem problem : syntax.checkRules(recipient)) {
            violations.add(problem.toViolation());
        }
        List<FieldViolation> unread = new ArrayList<>();
        Allowance allowance = Payloads.allowance();
        var read =
                new Recipient(
                        Identities.written(recipient.getIdentity()),
                        recipient.getAddress().getEmail(),
                        Payloads.context(recipient, allowance, unread),
                        Payloads.profile(recipient, allowance, unread));
        violations.addAll(unread);
        return new TriggerCommand.Entry(
                read,
                violations,
                unread.isEmpty() ? "" : HexFormat.of().formatHex(MessageDigests.of(recipient)));
    }

    static Instant time(Timestamp timestamp) {
        return Times.instant(timestamp)
                .orElseThrow(() -> new IllegalArgumentException("an unchecked time"));
    }

    private static TriggerCommand.WaitFor waitFor(TriggerCampaignRequest.WaitFor waitFor) {
        return switch (waitFor) {
            case WAIT_FOR_HANDED_OVER -> TriggerCommand.WaitFor.HANDED_OVER;
            case WAIT_FOR_UNSPECIFIED, WAIT_FOR_ACCEPTED, UNRECOGNIZED ->
                    TriggerCommand.WaitFor.ACCEPTED;
        };
    }

    /// The answer, or an exception with the error.
    static TriggerCampaignResponse answer(TriggerCommand command, TriggerResult result) {
        return switch (result) {
            case TriggerResult.Answered answered -> answered(command, answered);
            case TriggerResult.Validated(var forecasts) -> validated(command, forecasts);
            case TriggerResult.NotTaken why -> throw TriggerErrors.error(command.envelope(), why);
        };
    }

    private static TriggerCampaignResponse answered(
            TriggerCommand command, TriggerResult.Answered answered) {
        WorkspaceId workspace = command.campaign().workspace();
        boolean waited = command.waitFor() == TriggerCommand.WaitFor.HANDED_OVER;
        var response =
                TriggerCampaignResponse.newBuilder()
                        .setExecution(Names.of(workspace, answered.execution()))
                        .setRequestId(command.requestId())
                        .setDuplicate(answered.duplicate())
                        .setCreateTime(Times.timestamp(answered.createTime()));
        for (RecipientResult result : answered.results()) {
            var proto = response.addResultsBuilder();
            switch (result) {
                case RecipientResult.Accepted(var message) -> {
                    String name = Names.of(workspace, message);
                    if (!waited) {
                        proto.setAccepted(AcceptedRecipient.newBuilder().setMessage(name));
                    } else {
                        waited(proto, name, answered.states().get(message));
                    }
                }
                case RecipientResult.Rejected(var violations) ->
                        proto.setRejected(rejected(violations));
            }
        }
        return response.build();
    }

    private static void waited(
            io.campanile.v1.RecipientResult.Builder proto,
            String message,
            @Nullable MessageState state) {
        if (state == null) {
            proto.setAccepted(AcceptedRecipient.newBuilder().setMessage(message));
        } else if (state instanceof MessageState.Excluded) {
            // No detail: a repeated call is answered by what is stored, which has none.
            proto.setExcluded(
                    ExcludedRecipient.newBuilder()
                            .setMessage(message)
                            .setReason(MessageProtos.reason(state.reason())));
        } else {
            proto.setAccepted(
                    AcceptedRecipient.newBuilder()
                            .setMessage(message)
                            .setState(MessageProtos.state(state.kind()))
                            .setReason(MessageProtos.reason(state.reason())));
        }
    }

    private static RejectedRecipient rejected(List<FieldViolation> violations) {
        var proto = RejectedRecipient.newBuilder();
        for (FieldViolation violation : violations) {
            BadRequest.FieldViolation wrong = FieldProblem.of(violation).toProto();
            proto.addFieldViolations(wrong);
        }
        return proto.build();
    }

    private static TriggerCampaignResponse validated(
            TriggerCommand command, List<Forecast> forecasts) {
        var response = TriggerCampaignResponse.newBuilder().setRequestId(command.requestId());
        for (Forecast forecast : forecasts) {
            var proto = response.addResultsBuilder();
            switch (forecast) {
                case Forecast.Accepted() ->
                        proto.setAccepted(AcceptedRecipient.getDefaultInstance());
                case Forecast.Excluded(var reason, var detail) ->
                        proto.setExcluded(
                                ExcludedRecipient.newBuilder()
                                        .setReason(MessageProtos.reason(reason))
                                        .setDetail(detail));
                case Forecast.Rejected(var violations) -> proto.setRejected(rejected(violations));
            }
        }
        return response.build();
    }
}
