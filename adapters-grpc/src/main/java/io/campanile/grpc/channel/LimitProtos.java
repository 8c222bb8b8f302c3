package io.campanile.grpc.channel;

import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ConfigurationLifecycle;
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
        int connections = orElse(proto.getConnections(), usual.connections());
        int slots = orElse(proto.getSlots(), usual.slots());
        if (slots < connections) {
            throw ConfigurationRules.outOfRange("limits.slots", "are fewer than connections");
        }
        return new DeliveryLimits(
                connections,
                slots,
                rate(proto.getMessagesPerSecond()),
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

    private static int orElse(int value, int usual) {
        return value == 0 ? usual : value;
    }

    static RetrySettings retry(ChannelConfiguration configuration) {
        return RetrySettings.newBuilder()
                .setMinBackoff(Times.duration(configuration.retry().shortestDelay()))
                .setMaxBackoff(Times.duration(configuration.retry().longestDelay()))
                .setRetryWindow(Times.duration(configuration.retryWindow()))
                .build();
    }

    static RetryPolicy retry(RetrySettings proto) {
        RetryPolicy usual = RetryPolicy.DEFAULT;
        Duration shortest =
                proto.hasMinBackoff()
                        ? Times.duration(proto.getMinBackoff())
                        : usual.shortestDelay();
        Duration longest =
                proto.hasMaxBackoff()
                        ? Times.duration(proto.getMaxBackoff())
                        : usual.longestDelay();
        if (longest.compareTo(shortest) < 0) {
            throw ConfigurationRules.outOfRange("retry.max_backoff", "is shorter than min_backoff");
        }
        return new RetryPolicy(shortest, longest);
    }

    static Duration retryWindow(Category category, RetrySettings proto) {
        if (!proto.hasRetryWindow()) {
            return ChannelConfiguration.USUAL_RETRY_WINDOW;
        }
        Duration window = Times.duration(proto.getRetryWindow());
        if (window.compareTo(ConfigurationLifecycle.shortestRetryWindow(category)) < 0) {
            throw ConfigurationRules.outOfRange(
                    "retry.retry_window", "is shorter than the category allows");
        }
        return window;
    }

    private static double rate(double messagesPerSecond) {
        if (!DeliveryLimits.isRate(messagesPerSecond)) {
            throw ConfigurationRules.outOfRange(
                    "limits.messages_per_second", "must be 0, or 0.001 to 100,000");
        }
        return messagesPerSecond;
    }
}
