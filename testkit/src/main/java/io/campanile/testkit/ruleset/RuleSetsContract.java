package io.campanile.testkit.ruleset;

import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSet.State;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What every [RuleSets] must do. Each test has a workspace of its own, so that they can share a
/// store.
public abstract class RuleSetsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /// The workspace of this test.
    protected final WorkspaceId workspace =
            new WorkspaceId("w-" + UUID.randomUUID().toString().substring(0, 13));

    protected abstract RuleSets ruleSets();

    protected abstract Transactions transactions();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    @BeforeEach
    void createTheWorkspace() {
        givenWorkspace(workspace);
    }

    @Test
    void givesBackWhatWasStored() {
        RuleSet ruleSet =
                mine("caps")
                        .displayName("Not too often")
                        .forThoseWhoNameIt()
                        .atMost(3, FrequencyCap.Period.DAY)
                        .atMost(10, FrequencyCap.Period.MONTH)
                        .atMost(1, Duration.ofMillis(1500))
                        .atMostOnAllChannels(20, Duration.ofDays(3))
                        .quiet("22:00", "08:00", QuietHours.Behaviour.QUEUE)
                        .quiet(
                                "00:00",
                                "00:00",
                                QuietHours.Behaviour.DISCARD,
                                DayOfWeek.SUNDAY,
                                DayOfWeek.SATURDAY)
                        .inState(State.INACTIVE)
                        .build();

        assertThat(ruleSets().insert(ruleSet)).isTrue();

        assertThat(ruleSets().find(ruleSet.name())).contains(ruleSet);
        assertThat(transactions().inTransaction(() -> ruleSets().lock(ruleSet.name())))
                .contains(ruleSet);
        assertThat(transactions().inTransaction(() -> ruleSets().share(ruleSet.name())))
                .contains(ruleSet);
    }

    @Test
    void refusesATakenName() {
        ruleSets().insert(mine("caps").build());

        assertThat(ruleSets().insert(mine("caps").build())).isFalse();
    }

    @Test
    void replacesARuleSet() {
        RuleSet stored = mine("caps").build();
        ruleSets().insert(stored);
        RuleSet edited =
                stored.edited(
                        mine("caps")
                                .displayName("Others")
                                .forThoseWhoNameIt()
                                .atMost(2, FrequencyCap.Period.HOUR)
                                .definition());

        ruleSets().update(edited);

        assertThat(ruleSets().find(stored.name())).contains(edited);
    }

    @Test
    void refusesToReplaceARuleSetThatIsGone() {
        RuleSet gone = mine("caps").build();

        assertThatIllegalStateException().isThrownBy(() -> ruleSets().update(gone));
    }

    @Test
    void forgetsADeletedRuleSet() {
        RuleSet stored = mine("caps").build();
        ruleSets().insert(stored);

        ruleSets().delete(stored.id());

        assertThat(ruleSets().find(stored.name())).isEmpty();
    }

    @Test
    void listsByStateAndScopeAndSeesNoOtherWorkspace() {
        var other = new WorkspaceId(workspace.value() + "-x");
        givenWorkspace(other);
        ruleSets().insert(mine("a").createdAt(NOON).build());
        ruleSets().insert(mine("b").inState(State.INACTIVE).build());
        ruleSets().insert(mine("c").forThoseWhoNameIt().build());
        ruleSets().insert(aRuleSet().in(other).named("d").build());

        assertThat(listed("state = INACTIVE")).containsExactly("b");
        assertThat(listed("scope = NAMING_CAMPAIGNS")).containsExactly("c");
        assertThat(listed("")).containsExactly("a", "b", "c");
    }

    @Test
    void listsInTheOrderOfNamesPageByPage() {
        for (String name : List.of("c", "a", "b", "a-2", "d")) {
            ruleSets().insert(mine(name).createdAt(NOON).build());
        }

        Page.Found<RuleSet> first = page(new ListRequest("", "", 3, ""));
        Page.Found<RuleSet> second = page(new ListRequest("", "", 3, first.nextPageToken()));

        assertThat(names(first)).containsExactly("a", "a-2", "b");
        assertThat(names(second)).containsExactly("c", "d");
    }

    private RuleSetBuilder mine(String name) {
        return aRuleSet().in(workspace).named(name);
    }

    private List<String> listed(String filter) {
        return names(page(new ListRequest(filter, "", 0, "")));
    }

    private Page.Found<RuleSet> page(ListRequest request) {
        Page<RuleSet> page =
                Page.of(request, RuleSets.FIELDS, query -> ruleSets().list(workspace, query));
        return switch (page) {
            case Page.Found<RuleSet> found -> found;
            case Page.Invalid<RuleSet>(_, var text) -> throw new AssertionError(text);
        };
    }

    private static List<String> names(Page.Found<RuleSet> page) {
        return page.entries().stream().map(each -> each.name().ruleSet()).toList();
    }
}
