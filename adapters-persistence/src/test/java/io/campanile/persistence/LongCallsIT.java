package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.share.LongCalls;
import io.campanile.application.share.LongCallsFull;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.consent.JdbiConsents;
import io.campanile.persistence.store.JdbiTransactions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class LongCallsIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final int CONNECTIONS = 8;
    private static final int CALLS = 20;
    private static final ConsentSubject ADA =
            new ConsentSubject.OfAddress(new EmailAddress("ada@example.com"));

    /// Each would keep its connection, and consents would wait for one in vain.
    @Test
    @Timeout(60)
    void leaveConnectionsForConsents() throws Exception {
        STORE.givenWorkspace(WorkspaceId.DEFAULT);
        var reads = LongCalls.ofReaders();
        var called = new CountDownLatch(CALLS);
        var refused = new AtomicInteger();
        try (var database = new Database(STORE.settings("long-reads", 1, CONNECTIONS));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection slow = database.connect("slow")) {
            slow.createStatement().execute("SELECT pg_advisory_lock(1)");
            for (int i = 0; i < CALLS; i++) {
                var workspace = new WorkspaceId("w" + i % 4);
                callers.execute(() -> {
                    try {
                        reads.inTurn(workspace, () -> readUntilUnlocked(database.store(), called));
                    } catch (LongCallsFull _) {
                        refused.incrementAndGet();
                        called.countDown();
                    }
                });
            }
            called.await();

            var known =
                    new JdbiTransactions(database.store())
                            .inTransaction(() ->
                                    new JdbiConsents(database.store())
                                            .lock(WorkspaceId.DEFAULT, ADA));

            assertThat(known).isEmpty();
        }
        assertThat(refused).hasValue(17);
    }

    private static int readUntilUnlocked(Store store, CountDownLatch called) {
        return store.inTransaction(handle -> {
            called.countDown();
            return handle.execute("SELECT pg_advisory_xact_lock(1)");
        });
    }
}
