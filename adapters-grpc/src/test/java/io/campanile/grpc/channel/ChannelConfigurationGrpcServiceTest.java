package io.campanile.grpc.channel;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.GIVEN;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.RELAY;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.activate;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.relay;
import static io.campanile.grpc.testing.ChannelConfigurationCalls.update;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.DeactivateChannelConfigurationRequest;
import io.campanile.v1.DeleteChannelConfigurationRequest;
import io.campanile.v1.DeliveryLimits;
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

    private ChannelConfiguration get() {
        return configurations.getChannelConfiguration(
                GetChannelConfigurationRequest.newBuilder().setName(RELAY).build());
    }
}
