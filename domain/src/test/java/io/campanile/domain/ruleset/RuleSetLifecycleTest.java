package io.campanile.domain.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.ruleset.FrequencyCap.Period;
import io.campanile.domain.ruleset.RuleSet.Scope;
import io.campanile.domain.ruleset.RuleSet.State;
import io.campanile.domain.ruleset.RuleSetLifecycle.Action;
import io.campanile.domain.use.CampaignUse;
import io.campanile.domain.use.Uses;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

class RuleSetLifecycleTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<FrequencyCap> CAPS =
            List.of(FrequencyCap.per(Period.DAY, 3, Set.of(Channel.EMAIL)));

    private static RuleSet ruleSet(State state, List<FrequencyCap> caps) {
        return new RuleSet(
                new RuleSetId(new UUID(0, 1)),
                new RuleSetName(WorkspaceId.DEFAULT, "caps"),
                new RuleSetDefinition("", Scope.NAMING_CAMPAIGNS, caps, List.of()),
                state,
                4,
                NOON,
                NOON);
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT,    UPDATE,     DRAFT",
        "DRAFT,    DELETE,     gone",
        "DRAFT,    ACTIVATE,   ACTIVE",
        "DRAFT,    DEACTIVATE, RULE_SET_STATE_CONFLICT",
        "ACTIVE,   UPDATE,     ACTIVE",
        "ACTIVE,   DELETE,     RULE_SET_STATE_CONFLICT",
        "ACTIVE,   ACTIVATE,   RULE_SET_STATE_CONFLICT",
        "ACTIVE,   DEACTIVATE, INACTIVE",
        "INACTIVE, UPDATE,     INACTIVE",
        "INACTIVE, DELETE,     gone",
        "INACTIVE, ACTIVATE,   ACTIVE",
        "INACTIVE, DEACTIVATE, RULE_SET_STATE_CONFLICT"
    })
    void goesFromStateToState(State from, Action action, String becomes) {
        RuleSet before = ruleSet(from, CAPS);

        String what =
                switch (RuleSetLifecycle.decide(before, action, Uses.NONE, NOON.plusSeconds(1))) {
                    case RuleSetDecision.Changed(var after) -> {
                        assertThat(after.version()).isEqualTo(5);
                        assertThat(after.updateTime()).isEqualTo(NOON.plusSeconds(1));
                        yield after.state().name();
                    }
                    case RuleSetDecision.Deleted() -> "gone";
                    case RuleSetDecision.Refused refused -> {
                        assertThat(refused.text())
                                .isEqualTo(
                                        "A rule set in state %s does not allow %s."
                                                .formatted(
                                                        from,
                                                        action.name().toLowerCase(Locale.ROOT)));
                        yield refused.reason().name();
                    }
                };

        assertThat(what).isEqualTo(becomes);
        assertThat(RuleSetLifecycle.availableActions(before).contains(action))
                .isEqualTo(!becomes.equals("RULE_SET_STATE_CONFLICT"));
    }

    private static final Uses NAMED =
            new Uses(List.of(new CampaignUse("news", CampaignUse.Tie.FORMER)));
    private static final Uses RUNNING =
            new Uses(List.of(new CampaignUse("sale", CampaignUse.Tie.OPEN)));

    @Test
    void staysWhileCampaignsNameIt() {
        assertThat(refusal(ruleSet(State.INACTIVE, CAPS), Action.DELETE, NAMED))
                .isEqualTo(RuleSetDecision.Reason.RULE_SET_IN_USE);
        assertThat(refusal(ruleSet(State.ACTIVE, CAPS), Action.DEACTIVATE, RUNNING))
                .isEqualTo(RuleSetDecision.Reason.RULE_SET_IN_USE);
        assertThat(
                        RuleSetLifecycle.decide(
                                ruleSet(State.ACTIVE, CAPS), Action.DEACTIVATE, NAMED, NOON))
                .isInstanceOf(RuleSetDecision.Changed.class);
    }

    @Test
    void needsARuleToBeActive() {
        assertThat(refusal(ruleSet(State.DRAFT, List.of()), Action.ACTIVATE, Uses.NONE))
                .isEqualTo(RuleSetDecision.Reason.RULE_SET_EMPTY);
        assertThat(refusal(ruleSet(State.ACTIVE, List.of()), Action.UPDATE, Uses.NONE))
                .isEqualTo(RuleSetDecision.Reason.RULE_SET_EMPTY);
        assertThat(
                        RuleSetLifecycle.decide(
                                ruleSet(State.DRAFT, List.of()), Action.UPDATE, Uses.NONE, NOON))
                .isInstanceOf(RuleSetDecision.Changed.class);
    }

    private static RuleSetDecision.Reason refusal(RuleSet ruleSet, Action action, Uses uses) {
        if (RuleSetLifecycle.decide(ruleSet, action, uses, NOON)
                instanceof RuleSetDecision.Refused refused) {
            assertThat(refused.text()).isNotEmpty();
            assertThat(refused.whatToDo()).isNotEmpty();
            return refused.reason();
        }
        throw new AssertionError("not refused");
    }

    @Test
    void refusesCapsThatCapNothingOrEverything() {
        Set<Channel> email = Set.of(Channel.EMAIL);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrequencyCap.per(Period.DAY, 0, email));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrequencyCap.within(Duration.ZERO, 1, email));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrequencyCap.within(Duration.ofDays(31), 1, email));
    }
}
