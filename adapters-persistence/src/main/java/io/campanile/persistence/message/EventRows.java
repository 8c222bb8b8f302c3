package io.campanile.persistence.message;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.persistence.MessageIds;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.StateRows;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What happened to a message: its acceptance, a hand-over that is under way and a state that no
/// receipt moved are derived, the rest is kept.
final class EventRows {
    private static final String KEPT =
            """
            SELECT number, state AS type, reason, attempts, reply_code, enhanced_code, time, NULL AS diagnostic,
              false AS address_gone
            FROM message_event
            WHERE message_id = :message
            UNION ALL
            SELECT number, kind, reason, NULL, 0, enhanced_code, event_time, diagnostic, address_gone
            FROM message_receipt
            WHERE message_id = :message
            ORDER BY number
            """;

    private static final String STATE =
            """
            SELECT state, reason, attempts, reply_code, enhanced_code, state_time
            FROM message_state
            WHERE message_id = :message
            """;

    private static final String HAPPENED =
            """
            SELECT m.message_id, e.number, e.type, e.reason, coalesce(e.attempts, s.attempts) AS attempts, e.reply_code,
              e.enhanced_code, e.time, e.diagnostic, e.address_gone
            FROM unnest(:messages) AS m (message_id)
            CROSS JOIN LATERAL (
              (SELECT k.number, k.state AS type, k.reason, k.attempts, k.reply_code, k.enhanced_code, k.time,
                NULL AS diagnostic, false AS address_gone
              FROM message_event k
              WHERE k.message_id = m.message_id AND k.message_id BETWEEN :first AND :last
              OFFSET 0)
              UNION ALL
              (SELECT k.number, k.kind, k.reason, NULL, 0, k.enhanced_code, k.event_time, k.diagnostic, k.address_gone
              FROM message_receipt k
              WHERE k.message_id = m.message_id AND k.message_id BETWEEN :first AND :last
              OFFSET 0)
            ) AS e
            CROSS JOIN LATERAL (
              SELECT k.attempts
              FROM message_state k
              WHERE k.message_id = m.message_id AND k.message_id BETWEEN :first AND :last
              OFFSET 0
            ) AS s
            ORDER BY m.message_id, e.number
            """;

    private EventRows() {}

    static Map<MessageId, List<MessageEvent>> happened(Handle handle, List<MessageId> sorted) {
        Map<MessageId, List<MessageEvent>> happened = new HashMap<>();
        MessageIds.bind(handle.createQuery(HAPPENED), sorted, MessageId::value)
                .map((row, _) ->
                        happened.computeIfAbsent(MessageIds.id(row), _ -> new ArrayList<>())
                                .add(kept(row, row.getInt("attempts"))))
                .list();
        return happened;
    }

    static List<MessageEvent> of(Handle handle, MessageId message) {
        Optional<State> found =
                handle.createQuery(STATE)
                        .bind("message", message.value())
                        .map((row, _) -> State.of(row))
                        .findOne();
        return found.map(state -> of(handle, message, state)).orElseGet(List::of);
    }

    private static List<MessageEvent> of(Handle handle, MessageId message, State state) {
        var events = new ArrayList<MessageEvent>();
        events.add(
                new MessageEvent(
                        0,
                        MessageState.Kind.ACCEPTED,
                        null,
                        0,
                        ProviderReply.NONE,
                        message.acceptTime()));
        events.addAll(
                handle.createQuery(KEPT)
                        .bind("message", message.value())
                        .map((row, _) -> kept(row, state.last().attempts()))
                        .list());
        if (state.isSending() || state.isSettledWithoutReceipt()) {
            events.add(state.numbered(events.size()));
        }
        return events;
    }

    private record State(MessageState.Kind kind, MessageEvent last) {
        static State of(ResultSet row) throws SQLException {
            MessageState.Kind kind = StateRows.kind(row);
            return new State(
                    kind,
                    new MessageEvent(
                            0,
                            kind,
                            StateRows.reason(row),
                            row.getInt("attempts"),
                            MessageRows.reply(row),
                            RowTimes.time(row, "state_time")));
        }

        boolean isSending() {
            return kind == MessageState.Kind.SENDING;
        }

        boolean isSettledWithoutReceipt() {
            return !kind.isOpen()
                    && kind != MessageState.Kind.DELIVERED
                    && kind != MessageState.Kind.BOUNCED;
        }

        MessageEvent numbered(int number) {
            return new MessageEvent(
                    number, kind, last.reason(), last.attempts(), last.reply(), last.time());
        }
    }

    /// @param attempts of the message when something was reported of it: there are no more
    private static MessageEvent kept(ResultSet row, int attempts) throws SQLException {
        Integer attemptsThen = row.getObject("attempts", Integer.class);
        return new MessageEvent(
                row.getInt("number"),
                MessageEvent.Type.valueOf(row.getString("type")),
                StateRows.reason(row),
                attemptsThen == null ? attempts : attemptsThen,
                MessageRows.reply(row),
                RowTimes.time(row, "time"),
                detail(row));
    }

    private static MessageEvent.@Nullable ReceiptDetail detail(ResultSet row) throws SQLException {
        String diagnostic = row.getString("diagnostic");
        return diagnostic == null
                ? null
                : new MessageEvent.ReceiptDetail(diagnostic, row.getBoolean("address_gone"));
    }
}
