package io.campanile.channels.resilience;

import io.campanile.domain.channel.ChannelConfigurationName;

import java.time.Duration;

/// Says in the log that nothing is handed over to a provider, and when it is again.
final class BreakerLog {
    private static final System.Logger LOG = System.getLogger(BreakerLog.class.getName());

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
                AttemptText.reason(last.outcome()),
                AttemptText.reply(last.outcome().reply()),
                AttemptText.failure(last.failure()),
                wait);
    }

    void closed() {
        LOG.log(
                System.Logger.Level.INFO,
                "a breaker closed, mails are handed over again configuration={0}",
                configuration);
    }
}
