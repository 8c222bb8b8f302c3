package io.campanile.persistence.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.store.port.Transactions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.message.BroadcastEndsContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Map;

class JdbiBroadcastEndsIT extends BroadcastEndsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    /// As receipts leave them, which come one by one.
    @Test
    void addsUpWhatIsCountedInManyRows() {
        NewExecution execution = broadcast(4);
        fanOut();
        settle(1, new MessageState.Sent(now));
        settle(2, new MessageState.Sent(now));
        settle(1, new MessageState.Unknown(now));
        update(execution, "SET settle_time = settle_time - interval '1 hour'");

        store().broadcastUpkeep().addUp(3);
        assertThat(rows(execution)).isEqualTo(3);
        store().broadcastUpkeep().addUp(2);

        assertThat(rows(execution)).isEqualTo(2);
        assertThat(view(execution).counts())
                .isEqualTo(Map.of(MessageState.Kind.SENT, 3L, MessageState.Kind.UNKNOWN, 1L));
    }

    private static void update(NewExecution execution, String change) {
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate(
                                        "UPDATE broadcast_settled "
                                                + change
                                                + " WHERE execution_id = :execution")
                                .bind("execution", execution.id().value())
                                .execute());
    }

    private static int rows(NewExecution execution) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(
                                        "SELECT count(*) FROM broadcast_settled"
                                                + " WHERE execution_id = :execution")
                                .bind("execution", execution.id().value())
                                .mapTo(Integer.class)
                                .one());
    }
}
