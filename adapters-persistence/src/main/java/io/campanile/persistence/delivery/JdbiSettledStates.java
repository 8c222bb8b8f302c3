package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.SettledStates;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.Store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One look for all that wait on this node.
public final class JdbiSettledStates implements SettledStates {
    private static final String SETTLED_AMONG =
            """
            SELECT message_id, state, reason, state_time
            FROM message_state
            WHERE message_id = ANY (:messages)
              AND message_id BETWEEN :first AND :last
              AND state NOT IN ('ACCEPTED', 'DEFERRED', 'SENDING')
            """;

    private final Store store;

    public JdbiSettledStates(Store store) {
        this.store = store;
    }

    @Override
    public Map<MessageId, MessageState> settledAmong(Collection<MessageId> messages) {
        if (messages.isEmpty()) {
            return Map.of();
        }
        List<MessageId> sorted = messages.stream().sorted().toList();
        var states = new HashMap<MessageId, MessageState>();
        store.inStatement(handle ->
                handle.createQuery(SETTLED_AMONG)
                        .bind("messages", SqlArrays.uuids(sorted, MessageId::value))
                        .bind("first", sorted.getFirst().value())
                        .bind("last", sorted.getLast().value())
                        .map((row, _) ->
                                states.put(
                                        new MessageId(row.getObject("message_id", UUID.class)),
                                        StateRows.settled(row)))
                        .list());
        return states;
    }
}
