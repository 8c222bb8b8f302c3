package io.campanile.persistence.message;

import io.campanile.application.message.port.MessageView;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.Sql;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.UuidTimes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
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
        return Sql.of(
                        MessageRows.class,
                        "messages.sql",
                        Map.of("days", days, "executionDays", executionDays))
                + "\n";
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
