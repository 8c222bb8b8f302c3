package io.campanile.persistence.audience;

import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.rule.CelAudienceRules;
import io.campanile.persistence.rule.SqlCondition;

import java.util.HashMap;
import java.util.Map;

/// Selects the `profile_id` of each member of an audience: of those who are listed, or of those
/// whom its rule matches. To be part of another statement.
///
/// @param values to bind by name with `bindMap`; names begin with `member` and `rule`
public record MemberQuery(String text, Map<String, Object> values) {
    private static final String LISTED =
            """
            SELECT am.profile_id
            FROM audience_member am
            WHERE am.audience_id = :memberAudience
            """;

    private static final String MATCHED =
            """
            SELECT p.profile_id
            FROM profile p
            WHERE p.workspace_id = :memberWorkspace AND \
            """;

    public MemberQuery {
        values = Map.copyOf(values);
    }

    static MemberQuery of(Audience audience) {
        return of(audience.id(), audience.name().workspace(), audience.rule());
    }

    /// The members of an audience with that rule.
    ///
    /// @param rule empty when members are listed
    public static MemberQuery of(AudienceId id, WorkspaceId workspace, String rule) {
        if (rule.isEmpty()) {
            return new MemberQuery(LISTED, Map.of("memberAudience", id.value()));
        }
        SqlCondition condition = CelAudienceRules.compile(workspace, rule);
        Map<String, Object> values = new HashMap<>(condition.values());
        values.put("memberWorkspace", workspace.value());
        return new MemberQuery(MATCHED + condition.text(), values);
    }

    /// In front of a statement that reads it under that name; the planner sees through it.
    public String named(String name) {
        return "WITH " + name + " AS NOT MATERIALIZED (" + text + ")\n";
    }

    /// The same for a statement that reads it twice: it is found out once.
    String kept(String name) {
        return "WITH " + name + " AS MATERIALIZED (" + text + ")\n";
    }
}
