package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.SettledStates;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.MessageIds;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.Store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    private static final String STATES_OF =
            """
            SELECT s.message_id, s.state, s.reason, COALESCE(q.due_time, s.state_time) AS state_time
            FROM message_state s
            LEFT JOIN message_queue q ON q.message_id = s.message_id
            WHERE s.message_id = ANY (:messages)
              AND s.message_id BETWEEN :first AND :last
            """;

    /// How a state is read from a row.
    private interface StateColumns {
        MessageState state(ResultSet row) throws SQLException;
    }

    private final Store store;

    public JdbiSettledStates(Store store) {
        this.store = store;
    }

    @Override
    public Map<MessageId, MessageState> settledAmong(Collection<MessageId> messages) {
        return look(SETTLED_AMONG, messages, StateRows::settled);
    }

    @Override
    public Map<MessageId, MessageState> statesOf(Collection<MessageId> messages) {
        return look(STATES_OF, messages, StateRows::state);
    }

    private Map<MessageId, MessageState> look(
            String statement, Collection<MessageId> messages, StateColumns columns) {
        if (messages.isEmpty()) {
            return Map.of();
        }
        List<MessageId> sorted = messages.stream().sorted().toList();
        var states = new HashMap<MessageId, MessageState>();
        store.inStatement(handle ->
                MessageIds.bind(handle.createQuery(statement), sorted, MessageId::value)
                        .map((row, _) -> states.put(MessageIds.id(row), columns.state(row)))
                        .list());
        return states;
    }
}
