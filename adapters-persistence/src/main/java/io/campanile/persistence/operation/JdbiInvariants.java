package io.campanile.persistence.operation;

import io.campanile.application.operation.port.Invariants;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Each invariant is a query for rows that break it. Each query has a snapshot of its own: a single
/// one for all would keep the database from cleaning up for as long as all of them take.
public final class JdbiInvariants implements Invariants {
    /// A promise and the query for the rows that break it, with columns `id` and `detail`.
    record Check(String invariant, String broken) {}

    // Days are those of UTC, as the tables are cut, whatever the session's zone.
    private static final String EVERY_DAY_IS_KEPT =
            """
            (
              SELECT bool_and(%s)
              FROM generate_series(date_trunc('day', b.start_time AT TIME ZONE 'UTC'), now() AT TIME ZONE 'UTC', interval '1 day')
                AS d (day))
            """
                    .formatted(isKept("(d.day AT TIME ZONE 'UTC')"));

    private static final List<Check> CHECKS =
            List.of(
                    new Check(
                            "message-in-exactly-one-state",
                            """
                            SELECT m.message_id AS id, 'message without a state' AS detail
                            FROM message m
                            LEFT JOIN message_state s ON s.message_id = m.message_id
                            WHERE s.message_id IS NULL
                            """),
                    new Check(
                            "state-belongs-to-a-message",
                            """
                            SELECT s.message_id AS id, s.state AS detail
                            FROM message_state s
                            LEFT JOIN message m ON m.message_id = s.message_id
                            WHERE m.message_id IS NULL AND %s
                            """
                                    .formatted(isKept(timeOf("s.message_id")))),
                    new Check(
                            "queue-row-for-every-open-message",
                            """
                            SELECT s.message_id AS id, s.state || ' without a queue row' AS detail
                            FROM message_state s
                            LEFT JOIN message_queue q ON q.message_id = s.message_id
                            WHERE s.state IN ('ACCEPTED', 'DEFERRED', 'SENDING') AND q.message_id IS NULL
                            """),
                    new Check(
                            "open-message-for-every-queue-row",
                            """
                            SELECT q.message_id AS id, coalesce(s.state, 'no state') AS detail
                            FROM message_queue q
                            LEFT JOIN message_state s ON s.message_id = q.message_id
                            WHERE s.state IS NULL OR s.state NOT IN ('ACCEPTED', 'DEFERRED', 'SENDING')
                            """),
                    new Check(
                            "queue-row-agrees-with-its-message",
                            """
                            SELECT q.message_id AS id, 'another campaign or expiry' AS detail
                            FROM message_queue q
                            JOIN message m ON m.message_id = q.message_id
                            WHERE (q.campaign_id, q.expire_time) IS DISTINCT FROM (m.campaign_id, m.expire_time)
                            """),
                    new Check(
                            "execution-sums-equal",
                            """
                            SELECT e.execution_id AS id, cardinality(e.message_ids) || ' planned, ' || n.found || ' found' AS detail
                            FROM execution e
                            CROSS JOIN LATERAL (
                              SELECT count(s.state) AS found
                              FROM unnest(e.message_ids) AS p (message_id)
                              LEFT JOIN message m ON m.message_id = p.message_id AND m.execution_id = e.execution_id
                              LEFT JOIN message_state s ON s.message_id = m.message_id
                            ) AS n
                            WHERE n.found <> cardinality(e.message_ids) AND %s
                            """
                                    .formatted(isKept(timeOf("e.execution_id")))),
                    // Forgotten before the day of its execution is dropped, or soon after.
                    new Check(
                            "execution-for-every-request-id",
                            """
                            SELECT k.execution_id AS id, 'request id without its execution' AS detail
                            FROM trigger_key k
                            LEFT JOIN execution e ON e.execution_id = k.execution_id
                            WHERE e.execution_id IS NULL AND %s
                            """
                                    .formatted(isKept(timeOf("k.execution_id")))),
                    // A call over midnight has messages of a day later.
                    new Check(
                            "message-belongs-to-an-execution",
                            """
                            SELECT m.message_id AS id, 'not among those of its execution' AS detail
                            FROM message m
                            LEFT JOIN execution e ON e.execution_id = m.execution_id
                            WHERE e.execution_id IS NULL AND %s
                              OR m.payload IS NOT NULL AND m.message_id <> ALL (e.message_ids)
                              OR m.payload IS NULL AND e.audience IS NULL
                            """
                                    .formatted(isKept(timeOf("m.execution_id")))),
                    // Of a broadcast over several days, the first ones go before the last.
                    new Check(
                            "broadcast-sums-equal",
                            """
                            SELECT b.execution_id AS id,
                              b.planned || ' planned, ' || b.written || ' written, ' || n.found || ' found with a state, '
                                || n.recipients || ' recipients, ' || w.waiting || ' waiting' AS detail
                            FROM broadcast b
                            JOIN execution e ON e.execution_id = b.execution_id
                            CROSS JOIN LATERAL (
                              SELECT count(s.state) AS found, count(DISTINCT m.recipient_index) AS recipients
                              FROM message m
                              LEFT JOIN message_state s ON s.message_id = m.message_id
                              WHERE m.execution_id = b.execution_id AND m.payload IS NULL
                            ) AS n
                            CROSS JOIN LATERAL (
                              SELECT count(*) AS waiting
                              FROM broadcast_member m
                              WHERE m.execution_id = b.execution_id AND m.number > b.written
                            ) AS w
                            WHERE (n.found <> b.written OR n.recipients <> b.written) AND %s
                              OR b.state IN ('WAITING', 'WRITING', 'WRITTEN') AND w.waiting <> b.planned - b.written
                            """
                                    .formatted(EVERY_DAY_IS_KEPT)),
                    new Check(
                            "broadcast-counts-what-settled",
                            """
                            SELECT b.execution_id AS id,
                              concat_ws(' ', n.counted || ' counted, ' || n.found || ' found', n.state, n.reason) AS detail
                            FROM broadcast b
                            CROSS JOIN LATERAL (
                              SELECT u.state, u.reason, sum(u.counted) AS counted, sum(u.found) AS found
                              FROM (
                                SELECT k.state, k.reason, k.messages AS counted, 0 AS found
                                FROM broadcast_settled k
                                WHERE k.execution_id = b.execution_id
                                UNION ALL
                                SELECT s.state, s.reason, 0, 1
                                FROM message m
                                JOIN message_state s ON s.message_id = m.message_id
                                WHERE m.execution_id = b.execution_id AND m.payload IS NULL
                                  AND s.state NOT IN ('ACCEPTED', 'DEFERRED', 'SENDING')
                              ) AS u
                              GROUP BY u.state, u.reason
                            ) AS n
                            WHERE n.counted <> n.found AND %s
                            """
                                    .formatted(EVERY_DAY_IS_KEPT)),
                    new Check(
                            "counts-belong-to-a-broadcast",
                            """
                            SELECT k.execution_id AS id, k.messages || ' ' || k.state AS detail
                            FROM broadcast_settled k
                            LEFT JOIN broadcast b ON b.execution_id = k.execution_id
                            WHERE b.execution_id IS NULL
                            """),
                    new Check(
                            "nobody-follows-a-sample-without-a-verdict",
                            """
                            SELECT k.execution_id AS id,
                              k.state || ', ' || b.written || ' written, a sample of ' || k.sample_size AS detail
                            FROM broadcast_canary k
                            LEFT JOIN broadcast b ON b.execution_id = k.execution_id
                            WHERE b.execution_id IS NULL
                              OR k.state IN ('SAMPLING', 'SETTLING', 'OBSERVING', 'HALTED') AND b.written > k.sample_size
                              OR k.state = 'HALTED' AND NOT b.paused
                              OR k.all_count > k.sample_size
                            """),
                    // Nobody would give these back before their claim's lease is over.
                    new Check(
                            "owner-of-a-queue-row-is-a-node",
                            """
                            SELECT q.message_id AS id, 'owned by ' || q.owner AS detail
                            FROM message_queue q
                            LEFT JOIN node n ON n.node_id = q.owner
                            WHERE q.owner IS NOT NULL AND n.node_id IS NULL
                            """),
                    // A campaign is purged when nothing of it is open.
                    new Check(
                            "campaign-for-every-queue-row",
                            """
                            SELECT q.message_id AS id, 'its campaign is gone' AS detail
                            FROM message_queue q
                            LEFT JOIN campaign c ON c.campaign_id = q.campaign_id
                            WHERE c.campaign_id IS NULL
                            """),
                    new Check(
                            "queue-row-names-its-broadcast",
                            """
                            SELECT q.message_id AS id, 'another execution' AS detail
                            FROM message_queue q
                            JOIN message m ON m.message_id = q.message_id
                            WHERE q.execution_id IS DISTINCT FROM CASE WHEN m.payload IS NULL THEN m.execution_id END
                            """),
                    new Check(
                            "audience-counts-its-members",
                            """
                            SELECT a.audience_id AS id, a.member_count || ' counted, ' || n.found || ' found' AS detail
                            FROM audience a
                            CROSS JOIN LATERAL (
                              SELECT count(*) AS found
                              FROM audience_member m
                              WHERE m.audience_id = a.audience_id
                            ) AS n
                            WHERE n.found <> a.member_count
                            """),
                    // No foreign key says so: whoever deletes an audience would wait for it.
                    new Check(
                            "audience-for-every-member",
                            """
                            SELECT m.audience_id AS id, 'members of no audience' AS detail
                            FROM (SELECT DISTINCT audience_id FROM audience_member) AS m
                            WHERE NOT EXISTS (SELECT FROM audience a WHERE a.audience_id = m.audience_id)
                            """),
                    new Check(
                            "identity-for-every-profile",
                            """
                            SELECT p.profile_id AS id, 'no identity points at it' AS detail
                            FROM profile p
                            WHERE NOT EXISTS (SELECT FROM profile_identity i WHERE i.profile_id = p.profile_id)
                            """),
                    new Check(
                            "secret-only-while-open",
                            """
                            SELECT x.message_id AS id, 'sensitive data of a settled message' AS detail
                            FROM message_secret x
                            LEFT JOIN message_queue q ON q.message_id = x.message_id
                            WHERE q.message_id IS NULL
                            """),
                    new Check(
                            "event-belongs-to-a-message",
                            """
                            SELECT v.message_id AS id, 'event ' || v.number AS detail
                            FROM message_event v
                            LEFT JOIN message_state s ON s.message_id = v.message_id
                            WHERE s.message_id IS NULL AND %s
                            """
                                    .formatted(isKept(timeOf("v.message_id")))),
                    new Check(
                            "reservation-only-of-what-may-have-been-sent",
                            """
                            SELECT f.message_id AS id, s.state || ' after ' || s.attempts || ' attempts' AS detail
                            FROM frequency_reservation f
                            JOIN message_state s ON s.message_id = f.message_id
                            WHERE s.attempts = 0
                              OR f.claim_epoch IS NOT NULL
                                AND s.state NOT IN ('SENDING', 'SENT', 'UNKNOWN', 'DELIVERED', 'BOUNCED')
                            """),
                    new Check(
                            "frequency-cap-never-exceeded",
                            """
                            SELECT f.message_id AS id, n.counted || ' under ' || r.chosen_id AS detail
                            FROM frequency_reservation f
                            JOIN rule_set r ON r.rule_set_id = f.rule_set_id AND r.version = f.rule_set_version
                            CROSS JOIN LATERAL jsonb_to_recordset(r.definition -> 'caps')
                              AS c ("maxMessages" integer, "window" interval, channels text[])
                            CROSS JOIN LATERAL (
                              SELECT count(*) AS counted
                              FROM frequency_reservation k
                              WHERE k.person = f.person AND k.rule_set_id = f.rule_set_id
                                AND k.rule_set_version = f.rule_set_version
                                AND (cardinality(c.channels) = 0 OR k.channel = ANY (c.channels))
                                AND k.reserve_time > f.reserve_time - c."window" AND k.reserve_time <= f.reserve_time
                            ) AS n
                            WHERE n.counted > c."maxMessages"
                            """),
                    new Check(
                            "decision-for-every-excluded-message",
                            """
                            SELECT s.message_id AS id, s.reason || ' with ' || coalesce(d.reason, 'no decision') AS detail
                            FROM message_state s
                            JOIN message m ON m.message_id = s.message_id
                            LEFT JOIN message_decision d ON d.message_id = s.message_id
                            WHERE s.state = 'EXCLUDED' AND d.reason IS DISTINCT FROM s.reason
                              AND s.reason <> 'DUPLICATE_RECIPIENT' AND m.identity_namespace <> 'erased'
                            """),
                    new Check(
                            "decision-for-marketing-in-hand-over",
                            """
                            SELECT s.message_id AS id, s.state || ' without a decision' AS detail
                            FROM message_state s
                            JOIN message m ON m.message_id = s.message_id
                            JOIN campaign c ON c.campaign_id = m.campaign_id
                            LEFT JOIN message_decision d ON d.message_id = s.message_id
                            WHERE c.category = 'MARKETING' AND s.attempts > 0 AND d.message_id IS NULL
                              AND m.identity_namespace <> 'erased'
                            """),
                    new Check(
                            "decision-belongs-to-a-message",
                            """
                            SELECT d.message_id AS id, coalesce(d.reason, 'no reason') AS detail
                            FROM message_decision d
                            LEFT JOIN message_state s ON s.message_id = d.message_id
                            WHERE s.message_id IS NULL AND %s
                            """
                                    .formatted(isKept(timeOf("d.message_id")))),
                    new Check(
                            "control-row-fits-campaign",
                            """
                            SELECT c.campaign_id AS id, c.state || ' with ' || coalesce(k.delivery || ' by revision ' || k.live_revision, 'no control row') AS detail
                            FROM campaign c
                            LEFT JOIN campaign_control k ON k.campaign_id = c.campaign_id
                            WHERE k.campaign_id IS NULL
                              OR k.live_revision <> coalesce(c.live_revision, 0)
                              OR k.accepts_triggers <> (c.state = 'LIVE'
                                OR c.state = 'PAUSED' AND coalesce(c.pause_mode = 'HOLD', false))
                              OR k.delivery <> CASE
                                WHEN c.pause_mode IS NOT NULL THEN 'HOLD'
                                WHEN c.stop_in_hand_over IS NOT NULL THEN 'CANCEL'
                                ELSE 'DELIVER' END
                            """));

    /// Whether the messages of that time's day are there: a day goes one table after the other, and
    /// executions of broadcasts stay.
    static String isKept(String time) {
        return """
        EXISTS (
          SELECT FROM pg_inherits i
          WHERE i.inhrelid = to_regclass('message_' || to_char(%s AT TIME ZONE 'UTC', 'YYYYMMDD')) AND NOT i.inhdetachpending)
        """
                .formatted(time);
    }

    static String timeOf(String id) {
        return "to_timestamp(('x' || translate(left(%s::text, 13), '-', ''))::bit(48)::bigint / 1000.0)"
                .formatted(id);
    }

    private static final Duration LONGEST_CHECK = Duration.ofHours(6);

    private final Store store;

    public JdbiInvariants(Store store) {
        this.store = store;
    }

    @Override
    public List<Finding> check(int limit) {
        return Stream.of(CHECKS, ConsentChecks.ALL, ReceiptChecks.ALL)
                .flatMap(List::stream)
                .flatMap(check -> broken(check, limit).stream())
                .toList();
    }

    private List<Finding> broken(Check check, int limit) {
        return store.inLongTransaction(
                LONGEST_CHECK,
                handle -> {
                    handle.execute("SET TRANSACTION READ ONLY");
                    return broken(handle, check, limit);
                });
    }

    private static List<Finding> broken(Handle handle, Check check, int limit) {
        return handle.createQuery(check.broken + "LIMIT :limit")
                .bind("limit", limit)
                .map((row, _) ->
                        new Finding(check.invariant, row.getString("id"), row.getString("detail")))
                .list();
    }
}
