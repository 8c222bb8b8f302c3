package io.campanile.domain.channel;

import static io.campanile.domain.channel.ConfigurationBuilder.aConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.ChannelConfiguration.State;
import io.campanile.domain.channel.ConfigurationLifecycle.Action;
import io.campanile.domain.use.CampaignUse;
import io.campanile.domain.use.Uses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

class ConfigurationLifecycleTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}, {4}")
    @CsvSource({
        "UPDATE,     DRAFT,  ACTIVE,   PAUSED,   INACTIVE",
        "DELETE,     gone,   -,        -,        gone",
        "ACTIVATE,   ACTIVE, -,        -,        ACTIVE",
        "PAUSE,      -,      PAUSED,   =,        -",
        "RESUME,     -,      =,        ACTIVE,   -",
        "DEACTIVATE, -,      INACTIVE, INACTIVE, -",
    })
    void decidesEveryCallInEveryState(
            Action action, String draft, String active, String paused, String inactive) {
        assertThat(outcome(State.DRAFT, action, Uses.NONE)).isEqualTo(draft);
        assertThat(outcome(State.ACTIVE, action, Uses.NONE)).isEqualTo(active);
        assertThat(outcome(State.PAUSED, action, Uses.NONE)).isEqualTo(paused);
        assertThat(outcome(State.INACTIVE, action, Uses.NONE)).isEqualTo(inactive);
    }

    private static final CampaignUse LIVE = new CampaignUse("sale", CampaignUse.Tie.LIVE);
    private static final CampaignUse DRAFT = new CampaignUse("news", CampaignUse.Tie.DRAFT);
    private static final Uses NAMED = new Uses(List.of(DRAFT));
    private static final Uses RUNNING = new Uses(List.of(DRAFT, LIVE));

    @Test
    void saysWhichCampaignsAreInTheWay() {
        assertThat(inTheWay(State.INACTIVE, Action.DELETE)).containsExactly(LIVE, DRAFT);
        assertThat(inTheWay(State.ACTIVE, Action.DEACTIVATE)).containsExactly(LIVE);
    }

    private static List<CampaignUse> inTheWay(State state, Action action) {
        ConfigurationDecision decision =
                ConfigurationLifecycle.decide(configuration(state), action, RUNNING, NOON);
        return decision instanceof ConfigurationDecision.Refused refused
                ? refused.uses().all()
                : List.of();
    }

    @Test
    void keepsWhatCampaignsDependOn() {
        assertThat(outcome(State.INACTIVE, Action.DELETE, NAMED))
                .isEqualTo("CHANNEL_CONFIGURATION_IN_USE");
        assertThat(outcome(State.ACTIVE, Action.DEACTIVATE, RUNNING))
                .isEqualTo("CHANNEL_CONFIGURATION_IN_USE");
        assertThat(outcome(State.ACTIVE, Action.DEACTIVATE, NAMED)).isEqualTo("INACTIVE");
    }

    @Test
    void keepsTheUnsubscribePageThatMarketingNeeds() {
        assertThat(outcome(marketing(""), Action.UPDATE, RUNNING))
                .isEqualTo("CHANNEL_CONFIGURATION_IN_USE");
        assertThat(outcome(marketing(""), Action.UPDATE, NAMED)).isEqualTo("DRAFT");
        assertThat(outcome(marketing("https://example.com/bye"), Action.UPDATE, RUNNING))
                .isEqualTo("DRAFT");
        assertThat(outcome(marketing(""), Action.UPDATE, Uses.NONE)).isEqualTo("DRAFT");
        assertThat(outcome(State.ACTIVE, Action.UPDATE, RUNNING)).isEqualTo("ACTIVE");
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
        Supplier<Uses> uses =
                () -> {
                    asked.set(true);
                    return Uses.NONE;
                };

        var _ = ConfigurationLifecycle.decide(configuration(state), action, uses, NOON);

        assertThat(asked.get()).isEqualTo(asks);
    }

    @Test
    void doesNotActivateWithoutAHost() {
        assertThat(ConfigurationLifecycle.decide(withoutAHost(), Action.ACTIVATE, Uses.NONE, NOON))
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
        assertThat(ConfigurationLifecycle.availableActions(configuration(State.PAUSED)))
                .containsExactlyInAnyOrder(Action.UPDATE, Action.RESUME, Action.DEACTIVATE);
        assertThat(ConfigurationLifecycle.availableActions(configuration(State.ACTIVE)))
                .containsExactlyInAnyOrder(Action.UPDATE, Action.PAUSE, Action.DEACTIVATE);
        assertThat(ConfigurationLifecycle.availableActions(withoutAHost()))
                .containsExactlyInAnyOrder(Action.UPDATE, Action.DELETE, Action.ACTIVATE);
    }

    private static String outcome(State state, Action action, Uses uses) {
        return outcome(configuration(state), action, uses);
    }

    private static String outcome(ChannelConfiguration configuration, Action action, Uses uses) {
        return switch (ConfigurationLifecycle.decide(configuration, action, uses, NOON)) {
            case ConfigurationDecision.Changed(var changed) -> changed.state().name();
            case ConfigurationDecision.Unchanged(var unchanged) -> {
                assertThat(unchanged).isEqualTo(configuration);
                yield "=";
            }
            case ConfigurationDecision.Deleted _ -> "gone";
            case ConfigurationDecision.Refused(var reason, _, _, _) ->
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

    private static ChannelConfiguration configuration(State state) {
        return aConfiguration().in(state).build();
    }

    private static ChannelConfiguration withoutAHost() {
        return aConfiguration().in(State.DRAFT).over("").build();
    }

    private static ChannelConfiguration marketing(String unsubscribeUrl) {
        return aConfiguration()
                .category(Category.MARKETING)
                .unsubscribingAt(unsubscribeUrl)
                .in(State.DRAFT)
                .build();
    }
}
