package io.campanile.grpc.channel;

import io.campanile.domain.channel.ConfigurationDefinition;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.RetrySettings;

import java.time.Duration;

/// Limits and retries of channel configurations between protobuf and the domain; what is absent
/// gets its default.
final class LimitProtos {
    private LimitProtos() {}

    static io.campanile.v1.DeliveryLimits limits(DeliveryLimits limits) {
        return io.campanile.v1.DeliveryLimits.newBuilder()
                .setConnections(limits.connections())
                .setSlots(limits.slots())
                .setMessagesPerSecond(limits.messagesPerSecond())
                .setAttemptTimeout(Times.duration(limits.attemptTimeout()))
                .setFinalReplyTimeout(Times.duration(limits.finalReplyTimeout()))
                .setBreakerFailurePercent(limits.breakerFailurePercent())
                .setBreakerWait(Times.duration(limits.breakerWait()))
                .build();
    }

    static DeliveryLimits limits(io.campanile.v1.DeliveryLimits proto) {
        DeliveryLimits usual = DeliveryLimits.DEFAULT;
        return new DeliveryLimits(
                connections(proto),
                slots(proto),
                proto.getMessagesPerSecond(),
                proto.hasAttemptTimeout()
                        ? Times.duration(proto.getAttemptTimeout())
                        : usual.attemptTimeout(),
                proto.hasFinalReplyTimeout()
                        ? Times.duration(proto.getFinalReplyTimeout())
                        : usual.finalReplyTimeout(),
                orElse(proto.getBreakerFailurePercent(), usual.breakerFailurePercent()),
                proto.hasBreakerWait()
                        ? Times.duration(proto.getBreakerWait())
                        : usual.breakerWait());
    }

    static int connections(io.campanile.v1.DeliveryLimits proto) {
        return orElse(proto.getConnections(), DeliveryLimits.DEFAULT.connections());
    }

    static int slots(io.campanile.v1.DeliveryLimits proto) {
        return orElse(proto.getSlots(), DeliveryLimits.DEFAULT.slots());
    }

    private static int orElse(int value, int usual) {
        return value == 0 ? usual : value;
    }

    static RetrySettings retry(ConfigurationDefinition definition) {
        return RetrySettings.newBuilder()
                .setMinBackoff(Times.duration(definition.retry().shortestDelay()))
                .setMaxBackoff(Times.duration(definition.retry().longestDelay()))
                .setRetryWindow(Times.duration(definition.retryWindow()))
                .build();
    }

    static RetryPolicy retry(RetrySettings proto) {
        return new RetryPolicy(minBackoff(proto), maxBackoff(proto));
    }

    static Duration minBackoff(RetrySettings proto) {
        return proto.hasMinBackoff()
                ? Times.duration(proto.getMinBackoff())
                : RetryPolicy.DEFAULT.shortestDelay();
    }

    static Duration maxBackoff(RetrySettings proto) {
        return proto.hasMaxBackoff()
                ? Times.duration(proto.getMaxBackoff())
                : RetryPolicy.DEFAULT.longestDelay();
    }

    static Duration retryWindow(RetrySettings proto) {
        return proto.hasRetryWindow()
                ? Times.duration(proto.getRetryWindow())
                : ConfigurationDefinition.USUAL_RETRY_WINDOW;
    }
}
