package io.campanile.grpc.ruleset;

import io.campanile.application.ruleset.RuleSetResult;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.UseErrors;
import io.campanile.v1.ErrorReason;
import io.grpc.StatusRuntimeException;

import java.util.Map;

/// What a refused change of a rule set is answered.
final class RuleSetErrors {
    private RuleSetErrors() {}

    static StatusRuntimeException error(RuleSetResult.NotDone result) {
        return switch (result) {
            case RuleSetResult.NotFound(var name) -> GrpcErrors.notFound(name.toString());
            case RuleSetResult.Exists(var name) -> GrpcErrors.alreadyExists(name.toString());
            case RuleSetResult.EtagMismatch(var current) ->
                    GrpcErrors.etagMismatch(
                            current.name().toString(), Edits.etag(current.version()));
            case RuleSetResult.RequestIdReused(var requestId, var resource) ->
                    GrpcErrors.requestIdReused(requestId, resource);
            case RuleSetResult.Refused refused -> refused(refused);
        };
    }

    private static StatusRuntimeException refused(RuleSetResult.Refused refused) {
        String name = refused.ruleSet().name().toString();
        String text = refused.refusal().text() + " " + refused.refusal().whatToDo();
        return switch (refused.refusal().reason()) {
            case RULE_SET_STATE_CONFLICT ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_RULE_SET_STATE_CONFLICT,
                            text,
                            Map.of(
                                    "ruleSet",
                                    name,
                                    "state",
                                    refused.ruleSet().state().name(),
                                    "action",
                                    refused.action().name()));
            case RULE_SET_IN_USE ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_RULE_SET_IN_USE,
                            text,
                            Map.of("ruleSet", name),
                            UseErrors.violations(
                                    refused.ruleSet().name().workspace(),
                                    refused.refusal().uses()));
            case RULE_SET_EMPTY ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_RULE_SET_EMPTY, text, Map.of("ruleSet", name));
        };
    }
}
