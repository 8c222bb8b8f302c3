package io.campanile.channels.email;

import static io.campanile.testkit.delivery.ProviderContract.WANTED;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.delivery.port.Provider;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationDefinition;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.EmailSender;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.channel.UnknownOutcomeRule;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.delivery.ProviderContract;
import io.campanile.testkit.smtp.ScriptedSmtpServer;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongSupplier;

/// Channel configurations and providers for tests against a server on loopback.
final class SmtpTests {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    static final EmailSender SENDER =
            new EmailSender(
                    new EmailAddress("news@example.com"),
                    "Grüße & Co",
                    null,
                    new EmailAddress("bounces@example.com"),
                    "",
                    false);

    private SmtpTests() {}

    static DeliveryLimits limits(int connections, int slots) {
        return new DeliveryLimits(
                connections,
                slots,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                50,
                Duration.ofMillis(200));
    }

    static DeliveryLimits timeLimits(Duration attempt, Duration finalReply) {
        return new DeliveryLimits(2, 4, 0, attempt, finalReply, 50, Duration.ofMillis(200));
    }

    static SmtpServer plain(int port) {
        return server(port, SmtpServer.Security.PLAINTEXT, true, "", null);
    }

    static SmtpServer server(
            int port,
            SmtpServer.Security security,
            boolean verify,
            String trusted,
            SmtpServer.@Nullable Credentials credentials) {
        return new SmtpServer("localhost", port, security, verify, trusted, credentials, "");
    }

    /// "Sealed" in tests is only wrapped.
    static SmtpServer.Credentials credentials(String user, String password) {
        return new SmtpServer.Credentials(
                user, new SealedSecret("test", password.getBytes(StandardCharsets.UTF_8)));
    }

    static ChannelConfiguration configuration(SmtpServer server, DeliveryLimits limits) {
        return configuration(server, SENDER, limits);
    }

    private static ChannelConfiguration configuration(
            SmtpServer server, EmailSender sender, DeliveryLimits limits) {
        return new ChannelConfiguration(
                new ChannelConfigurationId(new UUID(0, 1)),
                new ChannelConfigurationName(new WorkspaceId("default"), "mail"),
                Category.TRANSACTIONAL,
                new ConfigurationDefinition(
                        "Mail",
                        sender,
                        server,
                        limits,
                        RetryPolicy.DEFAULT,
                        ConfigurationDefinition.USUAL_RETRY_WINDOW,
                        UnknownOutcomeRule.BY_CATEGORY,
                        "",
                        false),
                ChannelConfiguration.State.ACTIVE,
                1,
                NOON,
                NOON);
    }

    static Provider provider(SmtpServer server, DeliveryLimits limits) {
        return provider(server, limits, InstantSource.fixed(NOON), System::nanoTime);
    }

    static Provider provider(SmtpServer server, EmailSender sender, DeliveryLimits limits) {
        return providers(InstantSource.fixed(NOON), System::nanoTime)
                .open(configuration(server, sender, limits));
    }

    static Provider provider(
            SmtpServer server, DeliveryLimits limits, InstantSource time, LongSupplier nanoTime) {
        return providers(time, nanoTime).open(configuration(server, limits));
    }

    static OutgoingEmail mail(String to, RenderedEmail content) {
        return new OutgoingEmail(
                new MessageId(new UUID(1, 2)),
                Category.TRANSACTIONAL,
                new EmailAddress(to),
                content,
                Instant.MAX,
                "",
                new CampaignName(WorkspaceId.DEFAULT, "spring"));
    }

    /// What becomes of one mail.
    static AttemptOutcome handOver(ScriptedSmtpServer server, DeliveryLimits limits) {
        try (Provider provider = provider(plain(server.port()), limits)) {
            return provider.handOver(ProviderContract.email("ann@example.com"), WANTED);
        }
    }

    static AttemptOutcome busy(Reason reason, int code, String enhanced) {
        return new AttemptOutcome.Busy(reason, new ProviderReply(code, enhanced), null);
    }

    private static SmtpProviders providers(InstantSource time, LongSupplier nanoTime) {
        return new SmtpProviders(
                sealed -> new String(sealed.bytes(), StandardCharsets.UTF_8), time, nanoTime);
    }
}
