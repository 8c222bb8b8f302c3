package io.campanile.grpc.message;

import io.campanile.application.eligibility.ExplainResult;
import io.campanile.application.eligibility.MessageExplanation;
import io.campanile.domain.eligibility.Decision.Defer;
import io.campanile.domain.eligibility.Decision.Deliver;
import io.campanile.domain.eligibility.Decision.Exclude;
import io.campanile.domain.eligibility.Evidence;
import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.trigger.Recipient;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.payload.Allowance;
import io.campanile.grpc.payload.PayloadRefused;
import io.campanile.grpc.payload.StructReader;
import io.campanile.grpc.resource.CampaignProblems;
import io.campanile.grpc.resource.Identities;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.ExplainMessageResponse;
import io.campanile.v1.ExplainMessageResponse.Decision;
import io.campanile.v1.ExplainRecipientRequest;
import io.campanile.v1.ExplainRecipientResponse;
import io.campanile.v1.Message;
import io.campanile.v1.RuleVerdict;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Explanations between protobuf and the application.
final class ExplainProtos {
    private ExplainProtos() {}

    static Recipient recipient(ExplainRecipientRequest request) {
        var recipient = request.getRecipient();
        return new Recipient(
                Identities.written(recipient.getIdentity()),
                recipient.getAddress().getEmail(),
                Map.of(),
                profile(recipient));
    }

    private static Map<String, Object> profile(io.campanile.v1.Recipient recipient) {
        try {
            var allowance = new Allowance("the profile", Allowance.OF_RECIPIENT);
            return StructReader.read("profile", recipient.getProfile(), allowance);
        } catch (PayloadRefused e) {
            throw GrpcErrors.fieldViolations(
                    List.of(FieldProblem.of(e.violation().within("recipient"))));
        }
    }

    static @Nullable Instant sendTime(ExplainRecipientRequest request) {
        return request.hasSendTime() ? Times.instant("send_time", request.getSendTime()) : null;
    }

    /// The answer, or an exception with the error.
    static ExplainRecipientResponse answer(ExplainResult result) {
        return switch (result) {
            case ExplainResult.Explained(var verdicts) -> answer(verdicts);
            case ExplainResult.Invalid(var violation) ->
                    throw GrpcErrors.fieldViolations(
                            List.of(FieldProblem.of(violation.within("recipient"))));
            case ExplainResult.CampaignUnknown(var name) ->
                    throw GrpcErrors.notFound(name.toString());
            case ExplainResult.CampaignNeverActivated(var name) ->
                    throw CampaignProblems.neverActivated(name);
            case ExplainResult.CampaignTransactional(var name) ->
                    throw CampaignProblems.transactional(name);
        };
    }

    static ExplainMessageResponse answer(MessageExplanation explanation) {
        var response = ExplainMessageResponse.newBuilder();
        switch (explanation) {
            case MessageExplanation.Pending() -> response.setDecision(Decision.DECISION_PENDING);
            case MessageExplanation.NeverDecided() ->
                    response.setDecision(Decision.DECISION_NEVER_MADE);
            case MessageExplanation.Duplicate(var instead) ->
                    response.setDecision(Decision.DECISION_NEVER_MADE)
                            .setReason(Message.Reason.REASON_DUPLICATE_RECIPIENT)
                            .setDetail(duplicate(instead));
            case MessageExplanation.Erased(var reason) -> {
                response.setDecision(Decision.DECISION_ERASED);
                if (reason != null) {
                    response.setReason(MessageProtos.reason(reason));
                }
            }
            case MessageExplanation.Decided(var reason, var verdicts, var time, var unrendered) -> {
                response.setDecision(Decision.DECISION_MADE).setDetail(unrendered(unrendered));
                verdicts.forEach(verdict -> response.addVerdicts(proto(verdict)));
                if (reason != null) {
                    response.setReason(MessageProtos.reason(reason));
                }
                if (time != null) {
                    response.setDecideTime(Times.timestamp(time));
                }
            }
        }
        return response.build();
    }

    private static String duplicate(String writtenInstead) {
        return "The mail of several members goes to one address, or they are one person: the oldest"
                + " profile was chosen, "
                + (writtenInstead.isEmpty() ? "which exists no longer." : writtenInstead + ".");
    }

    private static String unrendered(String why) {
        return why.isEmpty() ? "" : "The message could not be rendered: " + why + ".";
    }

    private static ExplainRecipientResponse answer(List<Verdict> verdicts) {
        var response = ExplainRecipientResponse.newBuilder();
        verdicts.forEach(verdict -> response.addVerdicts(proto(verdict)));
        verdicts.stream()
                .map(Verdict::decision)
                .filter(decision -> !(decision instanceof Deliver))
                .findFirst()
                .ifPresent(no -> decisive(response, no));
        return response.build();
    }

    private static void decisive(
            ExplainRecipientResponse.Builder response,
            io.campanile.domain.eligibility.Decision decision) {
        switch (decision) {
            case Deliver() -> response.clearReason();
            case Exclude(var reason, _, _) -> response.setReason(MessageProtos.reason(reason));
            case Defer(var until, var reason, _) ->
                    response.setReason(MessageProtos.reason(reason))
                            .setDeferTime(Times.timestamp(until));
        }
    }

    private static RuleVerdict proto(Verdict verdict) {
        var proto =
                RuleVerdict.newBuilder()
                        .setRule(Enums.proto(RuleVerdict.Rule.class, "RULE_", verdict.rule()));
        switch (verdict.decision()) {
            case Deliver() -> proto.clearReason();
            case Exclude(var reason, var evidence, var remedy) -> {
                proto.setReason(MessageProtos.reason(reason)).setRemedy(remedy);
                evidence(proto, evidence);
            }
            case Defer(var until, var reason, var evidence) -> {
                proto.setReason(MessageProtos.reason(reason)).setDeferTime(Times.timestamp(until));
                evidence(proto, evidence);
            }
        }
        return proto.build();
    }

    private static void evidence(RuleVerdict.Builder proto, Evidence evidence) {
        proto.setRecord(evidence.record()).setSource(evidence.source());
        Instant since = evidence.since();
        if (since != null) {
            proto.setSinceTime(Times.timestamp(since));
        }
    }
}
