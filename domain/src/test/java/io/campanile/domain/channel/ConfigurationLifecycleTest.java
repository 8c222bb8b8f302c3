package io.campanile.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.ChannelConfiguration.State;
import io.campanile.domain.channel.ConfigurationLifecycle.Action;
import io.campanile.domain.channel.ConfigurationLifecycle.Use;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

class ConfigurationLifecycleTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}, {4}")
    @CsvSource({
        "UPDATE,     DRAFT,  ACTIVE,   PAUSED,   INACTIVE",
        "DELETE,     gone,   -,        -,        gone",
        "ACTIVATE,   ACTIVE, -,        -,        ACTIVE",
        "PAUSE,      -,      PAUSED,   -,        -",
        "RESUME,     -,      -,        ACTIVE,   -",
        "DEACTIVATE, -,      INACTIVE, INACTIVE, -",
    })
    void decidesEveryCallInEveryState(
            Action action, String draft, String active, String paused, String inactive) {
        assertThat(outcome(State.DRAFT, action, Use.NONE)).isEqualTo(draft);
        assertThat(outcome(State.ACTIVE, action, Use.NONE)).isEqualTo(active);
        assertThat(outcome(State.PAUSED, action, Use.NONE)).isEqualTo(paused);
        assertThat(outcome(State.INACTIVE, action, Use.NONE)).isEqualTo(inactive);
    }

    @Test
    void keepsWhatCampaignsDependOn() {
        assertThat(outcome(State.INACTIVE, Action.DELETE, new Use(1, 0)))
                .isEqualTo("CHANNEL_CONFIGURATION_IN_USE");
        assertThat(outcome(State.ACTIVE, Action.DEACTIVATE, new Use(1, 1)))
                .isEqualTo("CHANNEL_CONFIGURATION_IN_USE");
        assertThat(outcome(State.ACTIVE, Action.DEACTIVATE, new Use(1, 0))).isEqualTo("INACTIVE");
    }

    @Test
    void keepsTheUnsubscribePageThatMarketingNeeds() {
        assertThat(outcome(marketing(""), Action.UPDATE, new Use(1, 0)))
                .isEqualTo("CHANNEL_CONFIGURATION_IN_USE");
        assertThat(outcome(marketing("https://example.com/bye"), Action.UPDATE, new Use(1, 1)))
                .isEqualTo("DRAFT");
        assertThat(outcome(marketing(""), Action.UPDATE, Use.NONE)).isEqualTo("DRAFT");
        assertThat(outcome(State.ACTIVE, Action.UPDATE, new Use(1, 1))).isEqualTo("ACTIVE");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "UPDATE,     ACTIVE,   false",
        "DELETE,     ACTIVE,   false",
        "DELETE,     INACTIVE, true",
        "ACTIVATE,   DRAFT,    false",
        "PAUSE,      ACTIVE,   false",
        "RESUME,     PAUSED,   false",
        "DEACTIVATE, ACTIVE,   true",
    })
    void asksWhoDependsOnItOnlyWhereThatMatters(Action action, State state, boolean asks) {
        var asked = new AtomicBoolean();
        Supplier<Use> use =
                () -> {
                    asked.set(true);
                    return Use.NONE;
                };

        var _ =
                ConfigurationLifecycle.decide(
                        configuration(state, "relay.example.com"), action, use, NOON);

        assertThat(asked.get()).isEqualTo(asks);
    }

    @Test
    void doesNotActivateWithoutAHost() {
        assertThat(
                        ConfigurationLifecycle.decide(
                                configuration(State.DRAFT, ""), Action.ACTIVATE, Use.NONE, NOON))
                .isInstanceOfSatisfying(
                        ConfigurationDecision.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(
                                                ConfigurationDecision.Reason
                                                        .CHANNEL_CONFIGURATION_INCOMPLETE));
    }

    @Test
    void offersWhatTheStateAllows() {
        assertThat(
                        ConfigurationLifecycle.availableActions(
                                configuration(State.PAUSED, "relay.example.com")))
                .containsExactlyInAnyOrder(Action.UPDATE, Action.RESUME, Action.DEACTIVATE);
        assertThat(ConfigurationLifecycle.availableActions(configuration(State.DRAFT, "")))
                .containsExactlyInAnyOrder(Action.UPDATE, Action.DELETE, Action.ACTIVATE);
    }

    private static String outcome(State state, Action action, Use use) {
        return outcome(configuration(state, "relay.example.com"), action, use);
    }

    private static String outcome(ChannelConfiguration configuration, Action action, Use use) {
        return switch (ConfigurationLifecycle.decide(configuration, action, use, NOON)) {
            case ConfigurationDecision.Changed(var changed) -> changed.state().name();
            case ConfigurationDecision.Deleted _ -> "gone";
            case ConfigurationDecision.Refused(var reason, _, _) ->
                    reason == ConfigurationDecision.Reason.CHANNEL_CONFIGURATION_STATE_CONFLICT
                            ? "-"
                            : reason.name();
        };
    }

    @Test
    void bypassesComplaintsForNoMarketing() {
        assertThat(ConfigurationLifecycle.mayBypassComplaints(Category.TRANSACTIONAL)).isTrue();
        assertThat(ConfigurationLifecycle.mayBypassComplaints(Category.MARKETING)).isFalse();
    }

    private static ChannelConfiguration configuration(State state, String host) {
        return configuration(state, host, Category.TRANSACTIONAL, "");
    }

    private static ChannelConfiguration marketing(String unsubscribeUrl) {
        return configuration(State.DRAFT, "relay.example.com", Category.MARKETING, unsubscribeUrl);
    }

    private static ChannelConfiguration configuration(
            State state, String host, Category category, String unsubscribeUrl) {
        return new ChannelConfiguration(
                new ChannelConfigurationId(new UUID(0, 1)),
                new ChannelConfigurationName(WorkspaceId.DEFAULT, "mail"),
                "Mail",
                category,
                new EmailSender(
                        new EmailAddress("shop@example.com"),
                        "",
                        null,
                        null,
                        unsubscribeUrl,
                        false),
                new SmtpServer(host, 25, SmtpServer.Security.STARTTLS, true, "", null, ""),
                DeliveryLimits.DEFAULT,
                RetryPolicy.DEFAULT,
                Duration.ofHours(84),
                UnknownOutcomeRule.BY_CATEGORY,
                "",
                false,
                state,
                1,
                NOON,
                NOON);
    }
}
