package io.campanile.grpc.channel;

import com.google.rpc.PreconditionFailure;

import io.campanile.application.channel.ChannelConfigurationResult;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.UseErrors;
import io.campanile.v1.ErrorReason;
import io.grpc.StatusRuntimeException;

import java.util.List;
import java.util.Map;

/// What a refused change of a channel configuration is answered.
final class ConfigurationErrors {
    private ConfigurationErrors() {}

    static StatusRuntimeException error(ChannelConfigurationResult.NotDone result) {
        return switch (result) {
            case ChannelConfigurationResult.NotFound(var name) ->
                    GrpcErrors.notFound(name.toString());
            case ChannelConfigurationResult.Exists(var name) ->
                    GrpcErrors.alreadyExists(name.toString());
            case ChannelConfigurationResult.EtagMismatch(var current) ->
                    GrpcErrors.etagMismatch(
                            current.name().toString(), Edits.etag(current.version()));
            case ChannelConfigurationResult.RequestIdReused(var requestId, var resource) ->
                    GrpcErrors.requestIdReused(requestId, resource);
            case ChannelConfigurationResult.Refused refused -> refused(refused);
        };
    }

    private static StatusRuntimeException refused(ChannelConfigurationResult.Refused refused) {
        String name = refused.configuration().name().toString();
        String text = refused.refusal().text() + " " + refused.refusal().whatToDo();
        return switch (refused.refusal().reason()) {
            case CHANNEL_CONFIGURATION_STATE_CONFLICT ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_STATE_CONFLICT,
                            text,
                            Map.of(
                                    "channelConfiguration",
                                    name,
                                    "state",
                                    refused.configuration().state().name(),
                                    "action",
                                    refused.action().name()));
            case CHANNEL_CONFIGURATION_IN_USE ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_IN_USE,
                            text,
                            Map.of("channelConfiguration", name),
                            UseErrors.violations(
                                    refused.configuration().name().workspace(),
                                    refused.refusal().uses()));
            case CHANNEL_CONFIGURATION_INCOMPLETE ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_INCOMPLETE,
                            text,
                            Map.of("channelConfiguration", name),
                            List.of(
                                    PreconditionFailure.Violation.newBuilder()
                                            .setType("REQUIRED")
                                            .setSubject("smtp.host")
                                            .setDescription(refused.refusal().text())
                                            .build()));
        };
    }
}
