package io.campanile.testkit.ruleset;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetDefinition;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Rule sets that are valid from the start: active, for every campaign, named `everybody`, without
/// a rule.
public final class RuleSetBuilder {
    public static final Instant CREATED = Instant.parse("2026-03-01T08:00:00Z");

    private final RuleSetId id = new RuleSetId(UUID.randomUUID());
    private final List<FrequencyCap> caps = new ArrayList<>();
    private final List<QuietHours> quietHours = new ArrayList<>();
    private WorkspaceId workspace = WorkspaceId.DEFAULT;
    private String name = "everybody";
    private String displayName = "For everybody";
    private RuleSet.Scope scope = RuleSet.Scope.EVERY_CAMPAIGN;
    private RuleSet.State state = RuleSet.State.ACTIVE;
    private Instant createTime = CREATED;

    private RuleSetBuilder() {}

    public static RuleSetBuilder aRuleSet() {
        return new RuleSetBuilder();
    }

    public RuleSetBuilder in(WorkspaceId newWorkspace) {
        workspace = newWorkspace;
        return this;
    }

    public RuleSetBuilder named(String newName) {
        name = newName;
        return this;
    }

    public RuleSetBuilder displayName(String newDisplayName) {
        displayName = newDisplayName;
        return this;
    }

    public RuleSetBuilder forThoseWhoNameIt() {
        scope = RuleSet.Scope.NAMING_CAMPAIGNS;
        return this;
    }

    public RuleSetBuilder inState(RuleSet.State newState) {
        state = newState;
        return this;
    }

    public RuleSetBuilder createdAt(Instant newCreateTime) {
        createTime = newCreateTime;
        return this;
    }

    /// At most so many emails within the window.
    public RuleSetBuilder atMost(int maxMessages, Duration window) {
        caps.add(FrequencyCap.within(window, maxMessages, Set.of(Channel.EMAIL)));
        return this;
    }

    public RuleSetBuilder atMost(int maxMessages, FrequencyCap.Period period) {
        caps.add(FrequencyCap.per(period, maxMessages, Set.of(Channel.EMAIL)));
        return this;
    }

    /// At most so many messages on all channels together.
    public RuleSetBuilder atMostOnAllChannels(int maxMessages, Duration window) {
        caps.add(FrequencyCap.within(window, maxMessages, Set.of()));
        return this;
    }

    /// Quiet from start to end, such as `22:00` and `08:00`.
    public RuleSetBuilder quiet(
            String start, String end, QuietHours.Behaviour behaviour, DayOfWeek... days) {
        quietHours.add(
                new QuietHours(
                        LocalTime.parse(start), LocalTime.parse(end), Set.of(days), behaviour));
        return this;
    }

    public RuleSet build() {
        return new RuleSet(
                id,
                new RuleSetName(workspace, name),
                definition(),
                state,
                1,
                createTime,
                createTime);
    }

    public RuleSetDefinition definition() {
        return new RuleSetDefinition(displayName, scope, caps, quietHours);
    }
}
