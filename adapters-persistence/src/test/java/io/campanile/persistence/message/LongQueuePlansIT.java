package io.campanile.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.execution.Cancellation;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Database;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Set;

/// Who looks at an execution, or cancels it, waits for its own messages and not for all that wait
/// beside them, whatever was done on the same connection while nothing else did.
class LongQueuePlansIT extends StoreScene {
    /// Often enough for plans that are kept.
    private static final int TIMES = 12;

    private static final int RECIPIENTS = 10;
    private static final long MOST_READS_FOR_A_MESSAGE = 10;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void readWhatTheyAreAbout() {
        try (var database = new Database(STORE.settings("plans", 1, 1))) {
            database.store().inStatement(handle -> handle.execute("VACUUM ANALYZE message_queue"));
            for (int time = 0; time < TIMES; time++) {
                steps(database, stored(trigger())).forEach(Runnable::run);
            }
            fillQueue();

            for (Runnable step : steps(database, stored(trigger().recipients(RECIPIENTS)))) {
                assertThat(
                                RowsRead.by(
                                        database.store(),
                                        "message_queue|message_(state|secret)_.*",
                                        step))
                        .isBetween(1L, RECIPIENTS * MOST_READS_FOR_A_MESSAGE);
            }
        }
    }

    private List<Runnable> steps(Database database, NewExecution execution) {
        var messages = new JdbiMessages(database.store());
        var executions = new JdbiExecutions(database.store());
        int recipients = execution.messages().size();
        return List.of(
                () -> assertThat(executions.find(WorkspaceId.DEFAULT, execution.id())).isPresent(),
                () -> assertThat(messages.list(of(execution.id())).messages()).hasSize(recipients),
                () ->
                        assertThat(
                                        messages.find(
                                                WorkspaceId.DEFAULT,
                                                execution.messages().getFirst().id()))
                                .isPresent(),
                () ->
                        assertThat(executions.cancel(execution.id(), now))
                                .isInstanceOf(Cancellation.Cancelled.class));
    }

    private static MessageQuery of(ExecutionId execution) {
        return new MessageQuery(
                WorkspaceId.DEFAULT,
                null,
                execution,
                null,
                Set.of(),
                Set.of(),
                null,
                null,
                null,
                RECIPIENTS);
    }
}
