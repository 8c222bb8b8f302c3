package io.campanile.grpc.channel;

import static io.campanile.grpc.call.ErrorDetails.fields;
import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.GIVEN;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.RELAY;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.activate;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.relay;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.update;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.testkit.smtp.SmtpServerOptions.Certificate;
import io.campanile.testkit.smtp.TestCertificate;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.CreateChannelConfigurationRequest;
import io.campanile.v1.DeliveryLimits;
import io.campanile.v1.EmailSender;
import io.campanile.v1.GetChannelConfigurationRequest;
import io.campanile.v1.RetrySettings;
import io.campanile.v1.SmtpProvider;
import io.campanile.v1.UpdateChannelConfigurationRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

/// What new channel configurations, and changes of them, are refused for.
class RefusedChannelConfigurationsTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ChannelConfigurationServiceGrpc.ChannelConfigurationServiceBlockingStub
            configurations =
                    world.stub(ChannelConfigurationServiceGrpc::newBlockingStub, Role.OPERATOR);

    @Test
    void offersOneClickOnlyWhereAUrlTakesIt() {
        CreateChannelConfigurationRequest.Builder offers = relay();
        offers.getChannelConfigurationBuilder()
                .setOneClickUnsubscribe(true)
                .getEmailBuilder()
                .setUnsubscribeUrl("https://shop.example.com/bye");
        ChannelConfiguration created = configurations.createChannelConfiguration(offers.build());

        var strip = update(ChannelConfiguration.newBuilder(), "email.unsubscribe_url");

        assertThat(created.getOneClickUnsubscribe()).isTrue();
        assertThat(refusedFields(strip))
                .containsExactly("channel_configuration.email.unsubscribe_url");
        assertThat(get()).isEqualTo(created);
    }

    @Test
    void keepsAHostWhileItDelivers() {
        configurations.createChannelConfiguration(relay().build());
        ChannelConfiguration active = configurations.activateChannelConfiguration(activate());
        var strip = update(SmtpProvider.getDefaultInstance(), "smtp");

        assertThat(reason(() -> configurations.updateChannelConfiguration(strip)))
                .isEqualTo("CHANNEL_CONFIGURATION_INCOMPLETE");

        assertThat(get()).isEqualTo(active);
    }

    @Test
    void sendsNoPasswordToWhomItWasNotEnteredFor() {
        configurations.createChannelConfiguration(relay().build());
        SmtpProvider kept =
                GIVEN.getSmtp().toBuilder().setPort(587).setPassword("").setUsername("ada").build();

        for (var elsewhere :
                List.of(
                        update(kept.toBuilder().setHost("evil.example.com").build(), "smtp.host"),
                        update(kept.toBuilder().setPort(2525).build(), "smtp.port"),
                        update(
                                kept.toBuilder()
                                        .setSecurity(SmtpProvider.Security.SECURITY_PLAINTEXT)
                                        .build(),
                                "smtp.security"),
                        update(
                                kept.toBuilder().setSkipCertificateVerification(true).build(),
                                "smtp.skip_certificate_verification"),
                        update(
                                kept.toBuilder()
                                        .setTrustedCertificates(
                                                TestCertificate.of(Certificate.LOCALHOST).pem())
                                        .build(),
                                "smtp.trusted_certificates"))) {
            assertThat(refusal(() -> configurations.updateChannelConfiguration(elsewhere)))
                    .hasMessageContaining(
                            "channel_configuration.smtp.password: must be entered again");
        }
        SmtpProvider entered =
                kept.toBuilder().setHost("other.example.com").setPassword("other").build();
        assertThat(
                        configurations
                                .updateChannelConfiguration(
                                        update(entered, "smtp.host", "smtp.password"))
                                .getSmtp()
                                .getHost())
                .isEqualTo("other.example.com");
        assertThat(
                        configurations
                                .updateChannelConfiguration(update(entered, "smtp.username"))
                                .getSmtp()
                                .getPasswordSet())
                .isTrue();
    }

    @Test
    void neverBypassesComplaintsWithMarketing() {
        CreateChannelConfigurationRequest.Builder offers = relay();
        offers.getChannelConfigurationBuilder()
                .setCategory(Category.CATEGORY_MARKETING)
                .setBypassComplaints(false);
        ChannelConfiguration created = configurations.createChannelConfiguration(offers.build());

        var bypass = update(ChannelConfiguration.newBuilder().setBypassComplaints(true));

        assertThat(refusedFields(bypass))
                .containsExactly("channel_configuration.bypass_complaints");
        assertThat(get()).isEqualTo(created);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        CreateChannelConfigurationRequest.Builder wrong = relay();
        wrong.setChannelConfiguration(
                ChannelConfiguration.newBuilder()
                        .setChannel(Channel.CHANNEL_EMAIL)
                        .setOneClickUnsubscribe(true)
                        .setEmail(EmailSender.newBuilder().setReplyTo("nobody"))
                        .setSmtp(
                                SmtpProvider.newBuilder()
                                        .setHost("mail.example.com:25")
                                        .setTrustedCertificates("none")
                                        .setPassword("secret"))
                        .setLimits(DeliveryLimits.newBuilder().setConnections(8).setSlots(4))
                        .setRetry(
                                RetrySettings.newBuilder()
                                        .setMinBackoff(Durations.fromHours(1))
                                        .setMaxBackoff(Durations.fromMinutes(1))));

        assertThat(fields(refusal(() -> configurations.createChannelConfiguration(wrong.build()))))
                .containsExactly(
                        "channel_configuration.category",
                        "channel_configuration.email.from_address",
                        "channel_configuration.email.reply_to",
                        "channel_configuration.email.unsubscribe_url",
                        "channel_configuration.smtp.host",
                        "channel_configuration.smtp.trusted_certificates",
                        "channel_configuration.smtp.username",
                        "channel_configuration.limits.slots",
                        "channel_configuration.retry.max_backoff");
    }

    @Test
    void saysAllThatIsWrongWithAChangeAtOnce() {
        CreateChannelConfigurationRequest.Builder offers = relay();
        offers.getChannelConfigurationBuilder()
                .setCategory(Category.CATEGORY_MARKETING)
                .setBypassComplaints(false);
        ChannelConfiguration created = configurations.createChannelConfiguration(offers.build());
        var wrong =
                update(
                        ChannelConfiguration.newBuilder()
                                .setCategory(Category.CATEGORY_TRANSACTIONAL)
                                .setEmail(EmailSender.newBuilder().setUnsubscribeUrl("bye"))
                                .setSmtp(SmtpProvider.newBuilder().setHost("other.example.com"))
                                .setRetry(
                                        RetrySettings.newBuilder()
                                                .setRetryWindow(Durations.fromMinutes(15))));

        assertThat(refusedFields(wrong))
                .containsExactly(
                        "channel_configuration.category",
                        "channel_configuration.email.unsubscribe_url",
                        "channel_configuration.smtp.password",
                        "channel_configuration.retry.retry_window");
        assertThat(get()).isEqualTo(created);
    }

    private List<String> refusedFields(UpdateChannelConfigurationRequest update) {
        return fields(refusal(() -> configurations.updateChannelConfiguration(update)));
    }

    private ChannelConfiguration get() {
        return configurations.getChannelConfiguration(
                GetChannelConfigurationRequest.newBuilder().setName(RELAY).build());
    }
}
