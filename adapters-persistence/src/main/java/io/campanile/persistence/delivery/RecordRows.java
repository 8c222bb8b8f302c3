package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.Recording;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What is written when the outcome of an attempt is known. Recordings come sorted by message, each
/// of which is named once.
final class RecordRows {
    // A deferral keeps the epoch, but leaves no owner: repeated after a lost answer, it locks no
    // row. Locks in the order of the messages given, which are sorted; so does SETTLE.
    private static final String LOCK =
            """
            SELECT q.message_id
            FROM unnest(:messages, :epochs) AS r (message_id, claim_epoch)
            CROSS JOIN LATERAL (
              SELECT m.message_id
              FROM message_queue m
              WHERE m.message_id = r.message_id AND m.claim_epoch = r.claim_epoch AND m.owner IS NOT NULL
              FOR UPDATE
            ) AS q
            """;

    private static final String SETTLED =
            """
            SELECT g.execution_id, v.states[width_bucket(g.message_id, v.messages)],
              v.reasons[width_bucket(g.message_id, v.messages)]
            FROM gone g
            CROSS JOIN given v
            """;

    private static final String SETTLE =
            Sql.of(
                    RecordRows.class,
                    "settle-recorded.sql",
                    Map.of(
                            "counted",
                            SettledCounts.add(SETTLED),
                            "decided",
                            DecisionRows.upsert("SELECT message_id, claim_epoch FROM held")));

    private static final String CANCELLED =
            """
            SELECT g.execution_id, 'CANCELLED', r.cancelled_for
            FROM gone g
            JOIN recorded r ON r.message_id = g.message_id
            """;

    private static final String DEFER =
            Sql.of(
                    RecordRows.class,
                    "defer-recorded.sql",
                    Map.of(
                            "counted",
                            SettledCounts.add(CANCELLED),
                            "decided",
                            DecisionRows.upsert("SELECT message_id, claim_epoch FROM recorded")));

    private RecordRows() {}

    static void lock(Handle handle, List<Recording> recordings) {
        claims(handle.createQuery(LOCK), recordings).mapTo(UUID.class).list();
    }

    static Set<MessageId> settle(Handle handle, List<Recording> recordings) {
        return replies(claims(handle.createQuery(SETTLE), recordings), recordings)
                .bind("states", SqlArrays.texts(recordings, r -> r.state().kind().name()))
                .map((row, _) -> new MessageId(row.getObject(1, UUID.class)))
                .set();
    }

    static Set<MessageId> defer(Handle handle, List<Recording> recordings) {
        return replies(claims(handle.createQuery(DEFER), recordings), recordings)
                .bind("dueTimes", SqlArrays.times(recordings, RecordRows::dueTime))
                .bind("notBegun", SqlArrays.integers(recordings, r -> r.notBegun() ? 1 : 0))
                .map((row, _) -> new MessageId(row.getObject(1, UUID.class)))
                .set();
    }

    private static Instant dueTime(Recording recording) {
        if (recording.state() instanceof MessageState.Deferred(var dueTime, _)) {
            return dueTime;
        }
        throw new IllegalArgumentException("not deferred: " + recording.claim());
    }

    private static <S extends SqlStatement<S>> S claims(S statement, List<Recording> recordings) {
        return statement
                .bind("messages", SqlArrays.uuids(recordings, r -> r.claim().message().value()))
                .bind("epochs", SqlArrays.integers(recordings, r -> r.claim().epoch().value()));
    }

    private static <S extends SqlStatement<S>> S replies(S statement, List<Recording> recordings) {
        return DecisionRows.bind(statement, recordings, Recording::claim, Recording::decision)
                .bind("first", recordings.getFirst().claim().message().value())
                .bind("last", recordings.getLast().claim().message().value())
                .bind("reasons", SqlArrays.texts(recordings, r -> Settlement.reason(r.state())))
                .bind("replyCodes", SqlArrays.integers(recordings, r -> r.reply().code()))
                .bind("enhancedCodes", SqlArrays.texts(recordings, r -> r.reply().enhancedCode()))
                .bind("times", SqlArrays.times(recordings, Recording::time));
    }
}
