package io.campanile.persistence.receipt;

import io.campanile.application.receipt.port.ReportedMessage;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.MessageIds;
import io.campanile.persistence.StateRows;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Messages that something is reported of. Ids come sorted.
final class ReportedRows {
    private static final String OWN =
            """
            WITH own AS MATERIALIZED (
              SELECT r.message_id, m.execution_id
              FROM unnest(:messages) AS r (message_id)
              CROSS JOIN LATERAL (
                SELECT k.campaign_id, CASE WHEN k.payload IS NULL THEN k.execution_id END AS execution_id
                FROM message k
                WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last
                OFFSET 0
              ) AS m
              CROSS JOIN LATERAL (
                SELECT FROM campaign k WHERE k.campaign_id = m.campaign_id AND k.workspace_id = :workspace OFFSET 0
              ) AS c
            )
            """;

    // What an attempt came to that nobody knew the outcome of, and that left the message open.
    private static final String DOUBTED =
            """
            EXISTS (
              SELECT
              FROM message_event e
              WHERE e.message_id = o.message_id AND e.message_id BETWEEN :first AND :last AND e.reason = 'OUTCOME_UNKNOWN')
            """;

    // In the order of the messages, and only what has settled: who marks or records goes from the
    // queue to the states of open messages, in no order. The message is shared, so that whoever
    // takes its person out comes before or after.
    private static final String LOCK =
            OWN
                    + """
                    SELECT o.message_id, o.execution_id, s.state, d.doubted, m.address
                    FROM own o
                    CROSS JOIN LATERAL (SELECT %s AS doubted OFFSET 0) AS d
                    CROSS JOIN LATERAL (
                      SELECT k.state
                      FROM message_state k
                      WHERE k.message_id = o.message_id AND k.message_id BETWEEN :first AND :last
                        AND (k.state IN ('UNKNOWN', 'SENT', 'DELIVERED', 'BOUNCED')
                          OR d.doubted AND k.state IN ('EXCLUDED', 'CANCELLED', 'EXPIRED', 'FAILED'))
                      FOR UPDATE
                    ) AS s
                    CROSS JOIN LATERAL (
                      SELECT k.address
                      FROM message k
                      WHERE k.message_id = o.message_id AND k.message_id BETWEEN :first AND :last
                      FOR SHARE
                    ) AS m
                    """
                            .formatted(DOUBTED);

    // What settles between the two statements is taken for what it was at the first.
    private static final String OTHERS =
            OWN
                    + """
                    SELECT o.message_id, s.state
                    FROM own o
                    CROSS JOIN LATERAL (
                      SELECT CASE WHEN k.state IN ('UNKNOWN', 'SENT', 'DELIVERED', 'BOUNCED') OR %s THEN 'SENDING'
                        ELSE k.state END AS state
                      FROM message_state k
                      WHERE k.message_id = o.message_id AND k.message_id BETWEEN :first AND :last
                      OFFSET 0
                    ) AS s
                    """
                            .formatted(DOUBTED);

    // Has a snapshot of its own, after the lock: what was decided on goes with the person.
    private static final String DECIDED =
            """
            SELECT r.message_id, d.address
            FROM unnest(:messages) AS r (message_id)
            CROSS JOIN LATERAL (
              SELECT k.facts::json ->> 'to' AS address
              FROM message_decision k
              WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last
              OFFSET 0
            ) AS d
            """;

    private ReportedRows() {}

    /// Locks those that a provider took, or may have taken. Their addresses are those of the calls.
    static Map<MessageId, ReportedMessage> lock(
            Handle handle, WorkspaceId workspace, List<MessageId> sorted) {
        Map<MessageId, ReportedMessage> found = new HashMap<>();
        if (!sorted.isEmpty()) {
            MessageIds.bind(handle.createQuery(LOCK), sorted, MessageId::value)
                    .bind("workspace", workspace.value())
                    .map((row, _) -> found.put(MessageIds.id(row), locked(row)))
                    .list();
        }
        return found;
    }

    private static ReportedMessage locked(ResultSet row) throws SQLException {
        UUID broadcast = row.getObject("execution_id", UUID.class);
        return new ReportedMessage(
                StateRows.kind(row),
                row.getBoolean("doubted"),
                broadcast == null ? null : new ExecutionId(broadcast),
                StateRows.address(row));
    }

    /// Those of the locked ones whose address is that of the profile.
    static Map<MessageId, ReportedMessage> withDecidedAddress(
            Handle handle, Map<MessageId, ReportedMessage> locked) {
        List<MessageId> without =
                locked.entrySet().stream()
                        .filter(entry -> entry.getValue().address() == null)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        Map<MessageId, ReportedMessage> found = new HashMap<>();
        decided(handle, without)
                .forEach((id, address) ->
                        Optional.ofNullable(locked.get(id))
                                .ifPresent(message -> found.put(id, message.sentTo(address))));
        return found;
    }

    private static Map<MessageId, EmailAddress> decided(Handle handle, List<MessageId> sorted) {
        Map<MessageId, EmailAddress> addresses = new HashMap<>();
        if (!sorted.isEmpty()) {
            MessageIds.bind(handle.createQuery(DECIDED), sorted, MessageId::value)
                    .map((row, _) -> putAddress(addresses, row))
                    .list();
        }
        return addresses;
    }

    private static boolean putAddress(Map<MessageId, EmailAddress> addresses, ResultSet row)
            throws SQLException {
        EmailAddress address = StateRows.address(row);
        if (address != null) {
            addresses.put(MessageIds.id(row), address);
        }
        return address != null;
    }

    static Map<MessageId, ReportedMessage> others(
            Handle handle, WorkspaceId workspace, List<MessageId> sorted) {
        Map<MessageId, ReportedMessage> found = new HashMap<>();
        if (!sorted.isEmpty()) {
            MessageIds.bind(handle.createQuery(OTHERS), sorted, MessageId::value)
                    .bind("workspace", workspace.value())
                    .map((row, _) ->
                            found.put(
                                    MessageIds.id(row),
                                    new ReportedMessage(StateRows.kind(row), false, null, null)))
                    .list();
        }
        return found;
    }
}
