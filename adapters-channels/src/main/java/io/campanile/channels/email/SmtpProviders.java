package io.campanile.channels.email;

import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.Providers;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.channel.SmtpServer;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Opens providers for channel configurations that hand mail to an SMTP relay.
public final class SmtpProviders implements Providers {
    private static final Duration CHECK_AFTER_IDLE = Duration.ofSeconds(10);
    private static final Duration OLDEST = Duration.ofMinutes(10);

    private final Function<SealedSecret, String> opener;
    private final InstantSource time;
    private final LongSupplier nanoTime;

    /// Found here, once: where providers are opened all others wait.
    private final String hostName = SmtpEndpoint.hostName();

    /// @param opener opens the password of a configuration
    /// @param time for the `Date` header
    /// @param nanoTime ascending, for ages and waits
    public SmtpProviders(
            Function<SealedSecret, String> opener, InstantSource time, LongSupplier nanoTime) {
        this.opener = opener;
        this.time = time;
        this.nanoTime = nanoTime;
        MailClasses.initialize();
    }

    @Override
    public Provider open(ChannelConfiguration configuration) {
        SmtpServer server = configuration.definition().smtp();
        DeliveryLimits limits = configuration.limits();
        SmtpServer.Credentials credentials = server.credentials();
        String password = credentials == null ? null : opener.apply(credentials.password());
        var endpoint = new SmtpEndpoint(server, limits, password, hostName);
        var rules =
                new SmtpConnections.Rules(
                        limits.connections(), CHECK_AFTER_IDLE, OLDEST, limits.breakerWait());
        return new SmtpProvider(
                configuration, new SmtpConnections(endpoint, rules, nanoTime), time, nanoTime);
    }
}
