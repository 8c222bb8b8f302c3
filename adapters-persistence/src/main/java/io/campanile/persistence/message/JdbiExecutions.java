package io.campanile.persistence.message;

import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.Executions;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.execution.CancelCounts;
import io.campanile.domain.execution.Cancellation;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.KeyedPlans;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.Settlement;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Executions on PostgreSQL. Their messages are found by the ids that the execution itself holds;
/// those of a broadcast, which holds none, as long as they are open, in the queue.
public final class JdbiExecutions implements Executions {
    private final Store store;

    public JdbiExecutions(Store store) {
        this.store = store;
    }

    @Override
    public Optional<ExecutionView> find(WorkspaceId workspace, ExecutionId execution) {
        return store.inStatement(handle -> ExecutionRows.find(handle, workspace, execution));
    }

    @Override
    public List<ExecutionView> list(ExecutionQuery query) {
        return store.inTransaction(handle -> ExecutionRows.list(handle, query));
    }

    private static final String LOCK =
            """
            SELECT e.message_ids, e.cancelled_count, e.in_hand_over_count
            FROM execution e
            WHERE e.execution_id = :execution
            FOR UPDATE
            """;

    private static final String LOCK_OPEN =
            """
            SELECT q.message_id
            FROM message_queue q
            WHERE q.message_id = ANY (:messages) OR q.execution_id = :execution
            ORDER BY q.message_id
            FOR UPDATE
            """;

    // Waits for who writes its messages; nobody else does from now on. Before its messages, as
    // those do who pause it.
    private static final String LOCK_FAN_OUT =
            """
            SELECT b.state, b.planned - b.written AS unwritten
            FROM broadcast b
            WHERE b.execution_id = :execution
            FOR NO KEY UPDATE
            """;

    private static final String END_FAN_OUT =
            "UPDATE broadcast SET state = 'CANCELLED' WHERE execution_id = :execution";

    private static final String SAVE =
            """
            UPDATE execution
            SET cancel_time = :now, cancelled_count = :cancelled, in_hand_over_count = :inHandOver
            WHERE execution_id = :execution
            """;

    private record Cancelling(List<UUID> messages, @Nullable CancelCounts before) {}

    @Override
    public Cancellation cancel(ExecutionId execution, Instant now) {
        return store.inTransaction(handle ->
                handle.createQuery(LOCK)
                        .bind("execution", execution.value())
                        .map((row, _) -> cancelling(row))
                        .findOne()
                        .map(found -> cancel(handle, execution, found, now))
                        .orElseGet(Cancellation.NothingOpen::new));
    }

    private record FanOut(FanOutState state, long unwritten) {
        static FanOut of(ResultSet row) throws SQLException {
            return new FanOut(
                    FanOutState.valueOf(row.getString("state")), row.getLong("unwritten"));
        }

        long leftToWrite() {
            return state.leftToWrite(unwritten);
        }
    }

    private static Cancelling cancelling(ResultSet row) throws SQLException {
        return new Cancelling(
                Arrays.stream((Object[]) row.getArray("message_ids").getArray())
                        .map(UUID.class::cast)
                        .toList(),
                before(row));
    }

    private static @Nullable CancelCounts before(ResultSet row) throws SQLException {
        Integer cancelled = row.getObject("cancelled_count", Integer.class);
        Integer inHandOver = row.getObject("in_hand_over_count", Integer.class);
        return cancelled == null || inHandOver == null
                ? null
                : new CancelCounts(cancelled, inHandOver);
    }

    private static Cancellation cancel(
            Handle handle, ExecutionId execution, Cancelling found, Instant now) {
        // Locks nothing else, and waits for nobody.
        if (found.before() != null) {
            return new Cancellation.CancelledBefore(found.before());
        }
        Optional<FanOut> fanOut =
                handle.createQuery(LOCK_FAN_OUT)
                        .bind("execution", execution.value())
                        .map((row, _) -> FanOut.of(row))
                        .findOne();
        KeyedPlans.use(handle);
        // Waits for marks and recordings that hold rows; what is still there then is open.
        List<UUID> open =
                handle.createQuery(LOCK_OPEN)
                        .bind("messages", SqlArrays.uuids(found.messages()))
                        .bind("execution", execution.value())
                        .mapTo(UUID.class)
                        .list();
        int cancelled =
                Settlement.settle(
                        handle, open, new MessageState.Cancelled(Reason.EXECUTION_CANCELLED, now));
        var counts =
                CancelCounts.of(open.size(), cancelled, fanOut.map(FanOut::leftToWrite).orElse(0L));
        Cancellation cancellation =
                Cancellation.first(fanOut.map(FanOut::state).orElse(FanOutState.WRITTEN), counts);
        if (cancellation instanceof Cancellation.Cancelled) {
            fanOut.filter(each -> each.state().endsByCancellation())
                    .ifPresent(_ -> endFanOut(handle, execution));
            save(handle, execution, counts, now);
        }
        return cancellation;
    }

    private static void endFanOut(Handle handle, ExecutionId execution) {
        handle.createUpdate(END_FAN_OUT).bind("execution", execution.value()).execute();
    }

    private static void save(
            Handle handle, ExecutionId execution, CancelCounts counts, Instant now) {
        handle.createUpdate(SAVE)
                .bind("execution", execution.value())
                .bind("now", now)
                .bind("cancelled", counts.cancelled())
                .bind("inHandOver", counts.inHandOver())
                .execute();
    }
}
