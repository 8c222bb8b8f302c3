package io.campanile.persistence.ruleset;

import com.fasterxml.jackson.databind.JsonNode;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetDefinition;
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
        return new RuleSet(
                new RuleSetId(row.getObject("rule_set_id", UUID.class)),
                new RuleSetName(
                        new WorkspaceId(row.getString("workspace_id")), row.getString("chosen_id")),
                definition(row),
                RuleSet.State.valueOf(row.getString("state")),
                row.getLong("version"),
                RowTimes.time(row, "create_time"),
                RowTimes.time(row, "update_time"));
    }

    private static RuleSetDefinition definition(ResultSet row) throws SQLException {
        JsonNode rules = Json.parse(row.getString("definition"));
        return new RuleSetDefinition(
                row.getString("display_name"),
                RuleSet.Scope.valueOf(row.getString("scope")),
                RuleSetJson.caps(rules),
                RuleSetJson.quietHours(rules));
    }

    /// Binds every column by its name in camel case.
    static <S extends SqlStatement<S>> S bind(S statement, RuleSet ruleSet) {
        RuleSetDefinition definition = ruleSet.definition();
        List<Channel> channels =
                Stream.of(Channel.values())
                        .filter(channel ->
                                definition.caps().stream().anyMatch(cap -> cap.counts(channel)))
                        .toList();
        return statement
                .bind("id", ruleSet.id().value())
                .bind("workspace", ruleSet.name().workspace().value())
                .bind("chosenId", ruleSet.name().ruleSet())
                .bind("displayName", definition.displayName())
                .bind("scope", definition.scope().name())
                .bind("state", ruleSet.state().name())
                .bind("definition", RuleSetJson.write(definition))
                .bind("version", ruleSet.version())
                .bind("createTime", ruleSet.createTime())
                .bind("updateTime", ruleSet.updateTime())
                .bind("cappedChannels", SqlArrays.texts(channels, Channel::name))
                .bind(
                        "largestCap",
                        definition.caps().stream()
                                .mapToInt(FrequencyCap::maxMessages)
                                .max()
                                .orElse(0));
    }
}
