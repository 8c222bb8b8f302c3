package io.campanile.persistence.message;

import io.campanile.application.message.port.MessageView;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.UuidTimes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Messages with all that is shown of them.
final class MessageRows {
    private MessageRows() {}

    /// A query for messages `m`, which ends within its `WHERE`.
    ///
    /// @param days a condition for rows `k` that hang on these messages, which says of which days
    ///   they are
    /// @param executionDays the same for their executions
    static String select(String days, String executionDays) {
        // Whatever hangs on a message is looked up by its key, for those that are wanted only. Of
        // what comes from another row, the planner cannot tell whose day it is: it locks all that
        // are kept.
        return """
        SELECT m.message_id, m.execution_id, c.workspace_id, c.chosen_id, m.revision, m.identity_namespace,
          m.identity_value, COALESCE(m.address, (
            SELECT k.facts::json ->> 'to'
            FROM message_decision k
            WHERE m.address IS NULL AND k.message_id = m.message_id AND %1$s)) AS address, s.state, s.reason, s.attempts, s.reply_code, s.enhanced_code, s.state_time,
          m.expire_time, q.due_time, e.metadata
        FROM message m
        JOIN campaign c ON c.campaign_id = m.campaign_id
        CROSS JOIN LATERAL (
          SELECT k.state, k.reason, k.attempts, k.reply_code, k.enhanced_code, k.state_time
          FROM message_state k
          WHERE k.message_id = m.message_id AND %1$s
          OFFSET 0
        ) AS s
        LEFT JOIN LATERAL (
          SELECT k.due_time FROM message_queue k WHERE k.message_id = m.message_id OFFSET 0
        ) AS q ON true
        LEFT JOIN LATERAL (
          SELECT k.metadata FROM execution k WHERE k.execution_id = m.execution_id AND %2$s OFFSET 0
        ) AS e ON true
        WHERE true
        """
                .formatted(days, executionDays);
    }

    static MessageView view(ResultSet row) throws SQLException {
        UUID id = row.getObject("message_id", UUID.class);
        return new MessageView(
                new MessageId(id),
                new ExecutionId(row.getObject("execution_id", UUID.class)),
                new CampaignName(
                        new WorkspaceId(row.getString("workspace_id")), row.getString("chosen_id")),
                row.getInt("revision"),
                new Identity(row.getString("identity_namespace"), row.getString("identity_value")),
                StateRows.address(row),
                StateRows.kind(row),
                StateRows.reason(row),
                row.getInt("attempts"),
                reply(row),
                UuidTimes.timeOf(id),
                RowTimes.time(row, "state_time"),
                RowTimes.time(row, "expire_time"),
                RowTimes.optionalTime(row, "due_time"),
                Metadata.parse(row.getString("metadata")));
    }

    static ProviderReply reply(ResultSet row) throws SQLException {
        return new ProviderReply(row.getInt("reply_code"), row.getString("enhanced_code"));
    }
}
