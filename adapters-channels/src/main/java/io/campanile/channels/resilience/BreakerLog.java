package io.campanile.channels.resilience;

import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says in the log that nothing is handed over to a provider, and when it is again. Words of
/// replies and exceptions may quote addresses: it has their codes and types.
final class BreakerLog {
    private static final System.Logger LOG = System.getLogger(BreakerLog.class.getName());

    /// Chains of causes are short, unless they go in circles.
    private static final int MOST_CAUSES = 5;

    private final ChannelConfigurationName configuration;

    BreakerLog(ChannelConfigurationName configuration) {
        this.configuration = configuration;
    }

    /// @param last the attempt that told last against the provider
    /// @param wait how long nothing is tried
    void opened(Attempt last, Duration wait) {
        LOG.log(
                System.Logger.Level.WARNING,
                "a breaker opened, nothing is handed over configuration={0} reason={1} reply={2}"
                        + " failure={3} wait={4}",
                configuration,
                reason(last.outcome()),
                reply(last.outcome().reply()),
                types(last.failure()),
                wait);
    }

    void closed() {
        LOG.log(
                System.Logger.Level.INFO,
                "a breaker closed, mails are handed over again configuration={0}",
                configuration);
    }

    private static Reason reason(AttemptOutcome outcome) {
        return outcome instanceof AttemptOutcome.Busy(Reason reason, _, _)
                ? reason
                : Reason.OUTCOME_UNKNOWN;
    }

    private static String reply(ProviderReply reply) {
        return reply.equals(ProviderReply.NONE) ? "none" : reply.toString();
    }

    private static String types(@Nullable Exception failure) {
        return failure == null
                ? "none"
                : Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                        .limit(MOST_CAUSES)
                        .map(cause -> cause.getClass().getSimpleName())
                        .collect(Collectors.joining("/"));
    }
}
