package io.campanile.persistence.ruleset;

import com.fasterxml.jackson.databind.JsonNode;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Json;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Rows of `rule_set`, to and fro.
public final class RuleSetRows {
    /// What [#ruleSet] reads.
    public static final String COLUMNS =
            "r.rule_set_id, r.workspace_id, r.chosen_id, r.display_name, r.scope, r.state,"
                    + " r.definition, r.version, r.create_time, r.update_time";

    private RuleSetRows() {}

    public static RuleSet ruleSet(ResultSet row) throws SQLException {
        JsonNode definition = Json.parse(row.getString("definition"));
        return new RuleSet(
                new RuleSetId(row.getObject("rule_set_id", UUID.class)),
                new RuleSetName(
                        new WorkspaceId(row.getString("workspace_id")), row.getString("chosen_id")),
                row.getString("display_name"),
                RuleSet.Scope.valueOf(row.getString("scope")),
                RuleSetJson.caps(definition),
                RuleSetJson.quietHours(definition),
                RuleSet.State.valueOf(row.getString("state")),
                row.getLong("version"),
                RowTimes.time(row, "create_time"),
                RowTimes.time(row, "update_time"));
    }

    /// Binds every column by its name in camel case.
    static <S extends SqlStatement<S>> S bind(S statement, RuleSet ruleSet) {
        List<Channel> channels =
                Stream.of(Channel.values())
                        .filter(channel ->
                                ruleSet.caps().stream().anyMatch(cap -> cap.counts(channel)))
                        .toList();
        return statement
                .bind("id", ruleSet.id().value())
                .bind("workspace", ruleSet.name().workspace().value())
                .bind("chosenId", ruleSet.name().ruleSet())
                .bind("displayName", ruleSet.displayName())
                .bind("scope", ruleSet.scope().name())
                .bind("state", ruleSet.state().name())
                .bind("definition", RuleSetJson.write(ruleSet))
                .bind("version", ruleSet.version())
                .bind("createTime", ruleSet.createTime())
                .bind("updateTime", ruleSet.updateTime())
                .bind("cappedChannels", SqlArrays.texts(channels, Channel::name))
                .bind(
                        "largestCap",
                        ruleSet.caps().stream()
                                .mapToInt(FrequencyCap::maxMessages)
                                .max()
                                .orElse(0));
    }
}
