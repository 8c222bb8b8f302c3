package io.campanile.grpc.channel;

import static io.campanile.grpc.call.ErrorDetails.fields;
import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.testkit.smtp.SmtpServerOptions.Certificate;
import io.campanile.testkit.smtp.TestCertificate;
import io.campanile.v1.ActivateChannelConfigurationRequest;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.CreateChannelConfigurationRequest;
import io.campanile.v1.DeactivateChannelConfigurationRequest;
import io.campanile.v1.DeleteChannelConfigurationRequest;
import io.campanile.v1.DeliveryLimits;
import io.campanile.v1.EmailSender;
import io.campanile.v1.GetChannelConfigurationRequest;
import io.campanile.v1.ListChannelConfigurationsRequest;
import io.campanile.v1.PauseChannelConfigurationRequest;
import io.campanile.v1.ResumeChannelConfigurationRequest;
import io.campanile.v1.RetrySettings;
import io.campanile.v1.SmtpProvider;
import io.campanile.v1.UpdateChannelConfigurationRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

class ChannelConfigurationGrpcServiceTest {
    private static final String RELAY = OWN + "/channelConfigurations/relay";
    private static final ChannelConfiguration GIVEN =
            ChannelConfiguration.newBuilder()
                    .setDisplayName("Relay")
                    .setChannel(Channel.CHANNEL_EMAIL)
                    .setCategory(Category.CATEGORY_TRANSACTIONAL)
                    .setEmail(EmailSender.newBuilder().setFromAddress("shop@example.com"))
                    .setSmtp(
                            SmtpProvider.newBuilder()
                                    .setHost("mail.example.com")
                                    .setUsername("shop")
                                    .setPassword("secret"))
                    .setBypassComplaints(true)
                    .build();

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ChannelConfigurationServiceGrpc.ChannelConfigurationServiceBlockingStub
            configurations =
                    world.stub(ChannelConfigurationServiceGrpc::newBlockingStub, Role.OPERATOR);

    @Test
    void createsWithWhatIsUsualAndHidesThePassword() {
        ChannelConfiguration created = configurations.createChannelConfiguration(relay().build());

        assertThat(created.toBuilder().clearAvailableActions().build())
                .isEqualTo(
                        GIVEN.toBuilder()
                                .setName(RELAY)
                                .setSmtp(
                                        SmtpProvider.newBuilder()
                                                .setHost("mail.example.com")
                                                .setPort(587)
                                                .setSecurity(
                                                        SmtpProvider.Security.SECURITY_STARTTLS)
                                                .setUsername("shop")
                                                .setPasswordSet(true))
                                .setLimits(
                                        DeliveryLimits.newBuilder()
                                                .setConnections(8)
                                                .setSlots(128)
                                                .setAttemptTimeout(Durations.fromSeconds(30))
                                                .setFinalReplyTimeout(Durations.fromMinutes(10))
                                                .setBreakerFailurePercent(50)
                                                .setBreakerWait(Durations.fromSeconds(10)))
                                .setRetry(
                                        RetrySettings.newBuilder()
                                                .setMinBackoff(created.getRetry().getMinBackoff())
                                                .setMaxBackoff(created.getRetry().getMaxBackoff())
                                                .setRetryWindow(Durations.fromHours(84)))
                                .setUnknownOutcome(
                                        ChannelConfiguration.UnknownOutcomeRule
                                                .UNKNOWN_OUTCOME_RULE_BY_CATEGORY)
                                .setState(ChannelConfiguration.State.STATE_DRAFT)
                                .setCreateTime(created.getCreateTime())
                                .setUpdateTime(created.getCreateTime())
                                .setEtag("\"1\"")
                                .build());
        assertThat(get()).isEqualTo(created);
    }

    @Test
    void takesPort465ForTlsFromTheFirstByteUnlessItIsToldOtherwise() {
        assertThat(securityOf("unsaid", 465, SmtpProvider.Security.SECURITY_UNSPECIFIED))
                .isEqualTo(SmtpProvider.Security.SECURITY_IMPLICIT_TLS);
        assertThat(securityOf("said", 465, SmtpProvider.Security.SECURITY_STARTTLS))
                .isEqualTo(SmtpProvider.Security.SECURITY_STARTTLS);
        assertThat(securityOf("elsewhere", 2525, SmtpProvider.Security.SECURITY_UNSPECIFIED))
                .isEqualTo(SmtpProvider.Security.SECURITY_STARTTLS);
    }

    @Test
    void keepsHowAConnectionIsProtectedUntilAnUpdateNamesIt() {
        configurations.createChannelConfiguration(relay().build());
        SmtpProvider moved = SmtpProvider.newBuilder().setPort(465).setPassword("secret").build();

        assertThat(updatedSecurity(update(moved, "smtp.port", "smtp.password")))
                .isEqualTo(SmtpProvider.Security.SECURITY_STARTTLS);
        assertThat(updatedSecurity(update(SmtpProvider.getDefaultInstance(), "smtp.security")))
                .isEqualTo(SmtpProvider.Security.SECURITY_IMPLICIT_TLS);
    }

    private SmtpProvider.Security updatedSecurity(UpdateChannelConfigurationRequest update) {
        return configurations.updateChannelConfiguration(update).getSmtp().getSecurity();
    }

    private SmtpProvider.Security securityOf(String id, int port, SmtpProvider.Security said) {
        SmtpProvider smtp = GIVEN.getSmtp().toBuilder().setPort(port).setSecurity(said).build();
        return configurations
                .createChannelConfiguration(
                        relay().setChannelConfigurationId(id)
                                .setChannelConfiguration(GIVEN.toBuilder().setSmtp(smtp))
                                .build())
                .getSmtp()
                .getSecurity();
    }

    @Test
    void answersARepeatedRequestIdWithTheConfigurationAsItIs() {
        var request = relay().setRequestId("once").build();
        configurations.createChannelConfiguration(request);
        ChannelConfiguration active = configurations.activateChannelConfiguration(activate());

        assertThat(configurations.createChannelConfiguration(request)).isEqualTo(active);
    }

    @Test
    void listsInTheOrderOfNames() {
        configurations.createChannelConfiguration(relay().build());
        var request = ListChannelConfigurationsRequest.newBuilder().setParent(OWN).setPageSize(1);

        var first = configurations.listChannelConfigurations(request.build());
        var second =
                configurations.listChannelConfigurations(
                        request.clone().setPageToken(first.getNextPageToken()).build());

        assertThat(first.getChannelConfigurationsList())
                .extracting(ChannelConfiguration::getName)
                .containsExactly(OWN + "/channelConfigurations/mail");
        assertThat(second.getChannelConfigurationsList()).containsExactly(get());
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void changesWhatTheMaskNamesUnlessSomebodyWasFaster() {
        ChannelConfiguration created = configurations.createChannelConfiguration(relay().build());
        var request =
                update(
                        ChannelConfiguration.newBuilder()
                                .setDisplayName("Ignored")
                                .setEtag(created.getEtag())
                                .setLimits(DeliveryLimits.newBuilder().setSlots(100)),
                        "limits.slots");

        ChannelConfiguration changed = configurations.updateChannelConfiguration(request);

        assertThat(changed)
                .isEqualTo(
                        created.toBuilder()
                                .setLimits(created.getLimits().toBuilder().setSlots(100))
                                .setEtag("\"2\"")
                                .setUpdateTime(changed.getUpdateTime())
                                .build());
        assertThat(reason(() -> configurations.updateChannelConfiguration(request)))
                .isEqualTo("ETAG_MISMATCH");
        assertThat(get()).isEqualTo(changed);
    }

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

    private static UpdateChannelConfigurationRequest update(SmtpProvider smtp, String... paths) {
        return update(ChannelConfiguration.newBuilder().setSmtp(smtp), paths);
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

    @Test
    void walksThroughItsStates() {
        configurations.createChannelConfiguration(relay().build());

        List<ChannelConfiguration> states =
                List.of(
                        configurations.activateChannelConfiguration(activate()),
                        configurations.pauseChannelConfiguration(
                                PauseChannelConfigurationRequest.newBuilder()
                                        .setName(RELAY)
                                        .build()),
                        configurations.resumeChannelConfiguration(
                                ResumeChannelConfigurationRequest.newBuilder()
                                        .setName(RELAY)
                                        .build()),
                        configurations.deactivateChannelConfiguration(
                                DeactivateChannelConfigurationRequest.newBuilder()
                                        .setName(RELAY)
                                        .build()));

        assertThat(states)
                .extracting(ChannelConfiguration::getState)
                .containsExactly(
                        ChannelConfiguration.State.STATE_ACTIVE,
                        ChannelConfiguration.State.STATE_PAUSED,
                        ChannelConfiguration.State.STATE_ACTIVE,
                        ChannelConfiguration.State.STATE_INACTIVE);
        assertThat(get()).isEqualTo(states.getLast());
    }

    @Test
    void pausesAndResumesOnceHoweverOftenItIsAsked() {
        configurations.createChannelConfiguration(relay().build());
        configurations.activateChannelConfiguration(activate());
        int before = world.fakes.audit.all().size();
        var pause = PauseChannelConfigurationRequest.newBuilder().setName(RELAY).build();
        var resume = ResumeChannelConfigurationRequest.newBuilder().setName(RELAY).build();

        ChannelConfiguration paused = configurations.pauseChannelConfiguration(pause);
        assertThat(configurations.pauseChannelConfiguration(pause)).isEqualTo(paused);
        ChannelConfiguration resumed = configurations.resumeChannelConfiguration(resume);
        assertThat(configurations.resumeChannelConfiguration(resume)).isEqualTo(resumed);

        assertThat(world.fakes.audit.all()).hasSize(before + 2);
    }

    @Test
    void changesNothingWhenItOnlyValidates() {
        var checked =
                configurations.createChannelConfiguration(relay().setValidateOnly(true).build());
        assertThat(reason(this::get)).isEqualTo("RESOURCE_NOT_FOUND");

        ChannelConfiguration created = configurations.createChannelConfiguration(relay().build());
        ChannelConfiguration active =
                configurations.activateChannelConfiguration(
                        activate().toBuilder().setValidateOnly(true).build());

        assertThat(checked.getState()).isEqualTo(created.getState());
        assertThat(active.getState()).isEqualTo(ChannelConfiguration.State.STATE_ACTIVE);
        assertThat(get()).isEqualTo(created);
    }

    @Test
    void deletesWhatNobodyUses() {
        configurations.createChannelConfiguration(relay().build());

        var _ =
                configurations.deleteChannelConfiguration(
                        DeleteChannelConfigurationRequest.newBuilder().setName(RELAY).build());

        assertThat(reason(this::get)).isEqualTo("RESOURCE_NOT_FOUND");
    }

    private static CreateChannelConfigurationRequest.Builder relay() {
        return CreateChannelConfigurationRequest.newBuilder()
                .setParent(OWN)
                .setChannelConfigurationId("relay")
                .setChannelConfiguration(GIVEN);
    }

    /// Without paths no mask is set.
    private static UpdateChannelConfigurationRequest update(
            ChannelConfiguration.Builder changed, String... paths) {
        var request =
                UpdateChannelConfigurationRequest.newBuilder()
                        .setChannelConfiguration(changed.setName(RELAY));
        if (paths.length > 0) {
            request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
        }
        return request.build();
    }

    private List<String> refusedFields(UpdateChannelConfigurationRequest update) {
        return fields(refusal(() -> configurations.updateChannelConfiguration(update)));
    }

    private static ActivateChannelConfigurationRequest activate() {
        return ActivateChannelConfigurationRequest.newBuilder().setName(RELAY).build();
    }

    private ChannelConfiguration get() {
        return configurations.getChannelConfiguration(
                GetChannelConfigurationRequest.newBuilder().setName(RELAY).build());
    }
}
