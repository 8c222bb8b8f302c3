package io.campanile.persistence.receipt;

import io.campanile.application.receipt.port.Move;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.persistence.MessageIds;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.delivery.SettledCounts;
import io.campanile.persistence.delivery.Settlement;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is written of receipts whose messages this transaction has locked.
final class ReceiptRows {
    private static final String RECORDED =
            """
            SELECT r.message_id, r.receipt_id
            FROM unnest(:messages, :receipts) AS r (message_id, receipt_id)
            CROSS JOIN LATERAL (
              SELECT
              FROM message_receipt k
              WHERE k.message_id = r.message_id AND k.receipt_id = r.receipt_id
                AND k.message_id BETWEEN :first AND :last
              OFFSET 0
            ) AS k
            """;

    // The first receipt moves a message out of the state that it had settled in.
    private static final String KEEP_FORMER =
            """
            INSERT INTO message_event (message_id, number, state, reason, attempts, reply_code, enhanced_code, time)
            SELECT r.message_id, 1 + coalesce(e.number, 0), s.state, s.reason, s.attempts, s.reply_code, s.enhanced_code,
              s.state_time
            FROM unnest(:messages) AS r (message_id)
            CROSS JOIN LATERAL (
              SELECT k.state, k.reason, k.attempts, k.reply_code, k.enhanced_code, k.state_time
              FROM message_state k
              WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last
                AND k.state NOT IN ('DELIVERED', 'BOUNCED')
              OFFSET 0
            ) AS s
            CROSS JOIN LATERAL (
              SELECT max(k.number) AS number
              FROM message_event k
              WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last
            ) AS e
            """;

    private static final String INSERT =
            """
            INSERT INTO message_receipt (message_id, receipt_id, number, kind, reason, enhanced_code, diagnostic,
              address_gone, event_time, record_time)
            SELECT r.message_id, r.receipt_id, r.place + greatest(e.number, p.number), r.kind, r.reason, r.enhanced_code,
              r.diagnostic, r.address_gone, to_timestamp(r.event_time), :now
            FROM unnest(:messages, :receipts, :places, :kinds, :reasons, :enhancedCodes, :diagnostics, :gone, :times)
              AS r (message_id, receipt_id, place, kind, reason, enhanced_code, diagnostic, address_gone, event_time)
            CROSS JOIN LATERAL (
              SELECT max(k.number) AS number
              FROM message_event k
              WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last
            ) AS e
            CROSS JOIN LATERAL (
              SELECT max(k.number) AS number
              FROM message_receipt k
              WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last
            ) AS p
            """;

    // What the provider answered stays, until a bounce says something else.
    private static final String MOVE =
            """
            UPDATE message_state s
            SET state = r.state, reason = r.reason, state_time = to_timestamp(r.time),
              reply_code = CASE WHEN r.state = 'BOUNCED' THEN 0 ELSE s.reply_code END,
              enhanced_code = CASE WHEN r.state = 'BOUNCED' THEN b.enhanced_code ELSE s.enhanced_code END
            FROM unnest(:messages, :states, :reasons, :times) AS r (message_id, state, reason, time)
            LEFT JOIN LATERAL (
              SELECT k.enhanced_code
              FROM message_receipt k
              WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last AND k.kind = 'BOUNCED'
              ORDER BY k.number
              LIMIT 1
            ) AS b ON true
            WHERE s.message_id = r.message_id
              AND s.message_id = ANY (:messages)
              AND s.message_id BETWEEN :first AND :last
            """;

    // Before the messages move, so that their states still have the reason.
    private static final String COUNT =
            SettledCounts.move(
                    """
                    SELECT r.execution_id, r.former, s.reason, r.state, r.reason
                    FROM unnest(:messages, :executions, :formers, :states, :reasons)
                      AS r (message_id, execution_id, former, state, reason)
                    CROSS JOIN LATERAL (
                      SELECT k.reason
                      FROM message_state k
                      WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last
                      OFFSET 0
                    ) AS s
                    """);

    // A message counts once, however often somebody complains; so before its receipts are there.
    private static final String COUNT_COMPLAINTS =
            """
            INSERT INTO broadcast_settled (execution_id, state, messages, complaints, settle_time)
            SELECT m.execution_id, 'DELIVERED', 0, count(*), now()
            FROM (SELECT DISTINCT unnest(:messages) AS message_id) AS r
            CROSS JOIN LATERAL (
              SELECT k.execution_id
              FROM message k
              WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last AND k.payload IS NULL
              OFFSET 0
            ) AS m
            WHERE NOT EXISTS (
              SELECT
              FROM message_receipt k
              WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last AND k.kind = 'COMPLAINED')
            GROUP BY m.execution_id
            """;

    private ReceiptRows() {}

    static Set<Receipt.Key> recorded(Handle handle, List<Receipt.Key> keys) {
        List<Receipt.Key> sorted =
                keys.stream().sorted(Comparator.comparing(Receipt.Key::message)).toList();
        return MessageIds.bind(handle.createQuery(RECORDED), sorted, key -> key.message().value())
                .bind("receipts", SqlArrays.texts(sorted, Receipt.Key::id))
                .map((row, _) -> new Receipt.Key(MessageIds.id(row), row.getString("receipt_id")))
                .set();
    }

    static void keepFormerStates(Handle handle, List<Move> moves) {
        MessageIds.bind(
                        handle.createUpdate(KEEP_FORMER),
                        moves.stream().map(Move::message).sorted().toList(),
                        MessageId::value)
                .execute();
    }

    /// A receipt and which of those it is that are new of its message, from 1.
    private record Placed(NewReceipt added, int place) {
        Receipt receipt() {
            return added.receipt();
        }
    }

    static void insert(Handle handle, List<NewReceipt> receipts, Instant now) {
        countComplaints(handle, receipts);
        List<Placed> placed = placed(receipts);
        MessageIds.bind(
                        handle.createUpdate(INSERT),
                        placed,
                        next -> next.receipt().message().value())
                .bind("receipts", SqlArrays.texts(placed, next -> next.receipt().id()))
                .bind("places", SqlArrays.integers(placed, Placed::place))
                .bind("kinds", SqlArrays.texts(placed, next -> next.receipt().kind().name()))
                .bind("reasons", SqlArrays.texts(placed, next -> reason(next.receipt())))
                .bind(
                        "enhancedCodes",
                        SqlArrays.texts(placed, next -> next.receipt().enhancedCode()))
                .bind("diagnostics", SqlArrays.texts(placed, next -> next.added().diagnostic()))
                .bind("gone", SqlArrays.booleans(placed, next -> next.added().addressGone()))
                .bind("times", SqlArrays.times(placed, next -> next.receipt().time()))
                .bind("now", now)
                .execute();
    }

    private static void countComplaints(Handle handle, List<NewReceipt> receipts) {
        List<MessageId> complained =
                receipts.stream()
                        .map(NewReceipt::receipt)
                        .filter(receipt -> receipt.kind() == ReceiptKind.COMPLAINED)
                        .map(Receipt::message)
                        .sorted()
                        .toList();
        if (!complained.isEmpty()) {
            MessageIds.bind(handle.createUpdate(COUNT_COMPLAINTS), complained, MessageId::value)
                    .execute();
        }
    }

    private static List<Placed> placed(List<NewReceipt> receipts) {
        Map<MessageId, Integer> places = new HashMap<>();
        List<Placed> placed = new ArrayList<>(receipts.size());
        for (NewReceipt next : receipts) {
            placed.add(new Placed(next, places.merge(next.receipt().message(), 1, Integer::sum)));
        }
        placed.sort(Comparator.comparing(next -> next.receipt().message()));
        return placed;
    }

    private static @Nullable String reason(Receipt receipt) {
        return receipt.reason() == null ? null : receipt.reason().name();
    }

    static int move(Handle handle, List<Move> moves) {
        List<Move> sorted = moves.stream().sorted(Comparator.comparing(Move::message)).toList();
        count(handle, sorted);
        return MessageIds.bind(handle.createUpdate(MOVE), sorted, next -> next.message().value())
                .bind("states", SqlArrays.texts(sorted, next -> next.state().kind().name()))
                .bind("reasons", SqlArrays.texts(sorted, next -> Settlement.reason(next.state())))
                .bind("times", SqlArrays.times(sorted, next -> next.state().at()))
                .execute();
    }

    private record Counted(ExecutionId broadcast, Move move) {}

    private static void count(Handle handle, List<Move> moves) {
        List<Counted> counted = new ArrayList<>();
        for (Move move : moves) {
            ExecutionId broadcast = move.broadcast();
            if (broadcast != null) {
                counted.add(new Counted(broadcast, move));
            }
        }
        if (counted.isEmpty()) {
            return;
        }
        MessageIds.bind(handle.createUpdate(COUNT), counted, next -> next.move().message().value())
                .bind("executions", SqlArrays.uuids(counted, next -> next.broadcast().value()))
                .bind("formers", SqlArrays.texts(counted, next -> next.move().former().name()))
                .bind("states", SqlArrays.texts(counted, next -> next.move().state().kind().name()))
                .bind(
                        "reasons",
                        SqlArrays.texts(counted, next -> Settlement.reason(next.move().state())))
                .execute();
    }
}
