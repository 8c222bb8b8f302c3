package io.campanile.bench;

import io.campanile.bench.load.LoadResult;
import io.campanile.bench.process.ServerProcess;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// What the database has of triggers of one recipient each, beside what was answered.
///
/// @param requests request ids that have an execution
/// @param executions and so many of them
/// @param messages of these executions
record StoredTriggers(long requests, long executions, long messages) {
    private static final String COUNT =
            """
            SELECT count(DISTINCT e.request_id), count(DISTINCT e.execution_id), count(m.message_id)
            FROM campaign c
            JOIN execution e ON e.campaign_id = c.campaign_id
            LEFT JOIN message m ON m.execution_id = e.execution_id
            WHERE 'workspaces/' || c.workspace_id || '/campaigns/' || c.chosen_id = ?
            """;

    /// Counts the triggers of one campaign.
    ///
    /// @param campaign its resource name
    static StoredTriggers of(ServerProcess server, String campaign) {
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(), "campanile", server.databasePassword());
                PreparedStatement count = connection.prepareStatement(COUNT)) {
            count.setString(1, campaign);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return new StoredTriggers(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The stored triggers cannot be counted", e);
        }
    }

    /// Accepted by an answer, and not there.
    long lost(List<LoadResult> answers) {
        long accepted = answers.stream().mapToLong(LoadResult::accepted).sum();
        return Math.max(0, accepted - requests);
    }

    /// More than one execution of a request or message of a recipient, and what is there although
    /// no answer said so or left it open.
    long duplicated(List<LoadResult> answers) {
        long possible = answers.stream().mapToLong(each -> each.accepted() + each.failed()).sum();
        return Math.max(0, requests - possible)
                + (executions - requests)
                + Math.max(0, messages - executions);
    }
}
