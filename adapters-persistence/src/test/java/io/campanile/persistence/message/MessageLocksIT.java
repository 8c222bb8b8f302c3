package io.campanile.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Period;

/// The server has few thousands of locks, and many look at the same time.
class MessageLocksIT extends StoreScene {
    private static final int DAYS = 40;
    private static final int MOST_LOCKS = 60;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void looksAMessageUpWithoutLockingAllDays() {
        store().partitions().makeAhead(now, Period.ofDays(DAYS));
        MessageId message = ids(stored(trigger())).getFirst();
        Store store = STORE.database().store();
        var messages = new JdbiMessages(store);

        int locks =
                store.inTransaction(handle -> {
                    assertThat(messages.find(WorkspaceId.DEFAULT, message)).isPresent();
                    return handle.createQuery(
                                    "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()")
                            .mapTo(Integer.class)
                            .one();
                });

        assertThat(locks).isLessThan(MOST_LOCKS);
    }
}
