package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.Recording;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Instant;
import java.util.List;
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

    // The epoch fences: a claim that was lost locks no row, and all else follows from the lock.
    // What a message is given stands in the arrays where its id stands in the first, which is
    // sorted and names it once: there width_bucket finds it by halves. Arrays of texts are walked
    // up to it, which costs less than a join with the rows that are held: that would read all for
    // each.
    private static final String SETTLE =
            """
            WITH given AS MATERIALIZED (
              SELECT :messages AS messages, :states AS states, :reasons AS reasons, :replyCodes AS reply_codes,
                :enhancedCodes AS enhanced_codes, :times AS times
            ), held AS MATERIALIZED (
              SELECT r.message_id, r.claim_epoch
              FROM given v
              CROSS JOIN LATERAL unnest(v.messages, :epochs) AS r (message_id, claim_epoch)
              CROSS JOIN LATERAL (
                SELECT FROM message_queue m
                WHERE m.message_id = r.message_id AND m.claim_epoch = r.claim_epoch AND m.owner IS NOT NULL
                FOR UPDATE
              ) AS q
            ), gone AS (
              DELETE FROM message_queue
              WHERE message_id = ANY (ARRAY(SELECT message_id FROM held))
              RETURNING message_id, execution_id
            ), forgotten AS (
              DELETE FROM message_secret
              WHERE message_id = ANY (ARRAY(SELECT message_id FROM held)) AND message_id BETWEEN :first AND :last
            ), counted AS (
            """
                    + SettledCounts.add(
                            "SELECT g.execution_id, v.states[width_bucket(g.message_id,"
                                    + " v.messages)], v.reasons[width_bucket(g.message_id,"
                                    + " v.messages)] FROM gone g CROSS JOIN given v")
                    + """
                    ), decided AS (
                    """
                    + DecisionRows.upsert("SELECT message_id, claim_epoch FROM held")
                    + """
                    )
                    UPDATE message_state s
                    SET state = v.states[width_bucket(s.message_id, v.messages)],
                      reason = v.reasons[width_bucket(s.message_id, v.messages)],
                      reply_code = v.reply_codes[width_bucket(s.message_id, v.messages)],
                      enhanced_code = v.enhanced_codes[width_bucket(s.message_id, v.messages)],
                      state_time = to_timestamp(v.times[width_bucket(s.message_id, v.messages)])
                    FROM given v
                    WHERE s.message_id = ANY (ARRAY(SELECT message_id FROM held))
                      AND s.message_id BETWEEN :first AND :last
                    RETURNING s.message_id
                    """;

    // Runs after LOCK, with a snapshot of its own, so that a cancellation that went first is seen:
    // what would be tried again is cancelled instead. A pause that went first is seen as well: it
    // holds what would be tried again.
    private static final String DEFER =
            """
            WITH recorded AS MATERIALIZED (
              SELECT r.message_id, r.claim_epoch, r.reason, r.reply_code, r.enhanced_code, to_timestamp(r.time) AS time,
                r.not_begun,
                CASE WHEN b.paused THEN q.expire_time ELSE to_timestamp(r.due_time) END AS due_time,
                CASE WHEN b.paused THEN to_timestamp(r.due_time) END AS held_due_time,
                e.cancel_time IS NOT NULL AS cancelled
              FROM unnest(:messages, :epochs, :reasons, :replyCodes, :enhancedCodes, :times, :dueTimes, :notBegun)
                AS r (message_id, claim_epoch, reason, reply_code, enhanced_code, time, due_time, not_begun)
              CROSS JOIN LATERAL (
                SELECT k.execution_id, k.expire_time
                FROM message_queue k
                WHERE k.message_id = r.message_id AND k.claim_epoch = r.claim_epoch AND k.owner IS NOT NULL
                OFFSET 0
              ) AS q
              CROSS JOIN LATERAL (
                SELECT k.execution_id
                FROM message k
                WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last
                OFFSET 0
              ) AS m
              LEFT JOIN LATERAL (
                SELECT k.cancel_time
                FROM execution k
                WHERE k.execution_id = m.execution_id
                OFFSET 0
              ) AS e ON true
              LEFT JOIN LATERAL (
                SELECT k.paused
                FROM broadcast k
                WHERE k.execution_id = q.execution_id
                OFFSET 0
              ) AS b ON true
            ), kept AS (
              UPDATE message_queue q
              SET owner = NULL, claims_without_mark = 0, lone_tries = 0, due_time = r.due_time,
                held_due_time = r.held_due_time
              FROM recorded r
              WHERE q.message_id = r.message_id
                AND q.message_id = ANY (ARRAY(SELECT message_id FROM recorded WHERE NOT cancelled))
            ), gone AS (
              DELETE FROM message_queue
              WHERE message_id = ANY (ARRAY(SELECT message_id FROM recorded WHERE cancelled))
              RETURNING execution_id
            ), counted AS (
            """
                    + SettledCounts.add(
                            "SELECT execution_id, 'CANCELLED', 'EXECUTION_CANCELLED' FROM gone")
                    + """
                    ), forgotten AS (
                      DELETE FROM message_secret
                      WHERE message_id = ANY (ARRAY(SELECT message_id FROM recorded WHERE cancelled))
                        AND message_id BETWEEN :first AND :last
                    ), state AS (
                      UPDATE message_state s
                      SET state = CASE WHEN r.cancelled THEN 'CANCELLED' ELSE 'DEFERRED' END,
                        reason = CASE WHEN r.cancelled THEN 'EXECUTION_CANCELLED' ELSE r.reason END,
                        attempts = s.attempts - r.not_begun,
                        reply_code = r.reply_code, enhanced_code = r.enhanced_code, state_time = r.time
                      FROM recorded r
                      WHERE s.message_id = r.message_id
                        AND s.message_id = ANY (ARRAY(SELECT message_id FROM recorded))
                        AND s.message_id BETWEEN :first AND :last
                      RETURNING s.message_id, s.state, r.reason, s.attempts, r.reply_code, r.enhanced_code, r.time
                    ), event AS (
                      INSERT INTO message_event (message_id, number, state, reason, attempts, reply_code, enhanced_code, time)
                      SELECT s.message_id,
                        1 + coalesce((SELECT max(e.number) FROM message_event e WHERE e.message_id = s.message_id), 0),
                        'DEFERRED', s.reason, s.attempts, s.reply_code, s.enhanced_code, s.time
                      FROM state s
                    ), decided AS (
                    """
                    + DecisionRows.upsert("SELECT message_id, claim_epoch FROM recorded")
                    + """
                    )
                    SELECT message_id FROM state
                    """;

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
