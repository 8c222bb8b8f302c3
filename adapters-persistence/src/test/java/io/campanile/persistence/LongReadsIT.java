package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.share.LongReads;
import io.campanile.application.share.LongReadsFull;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.consent.JdbiConsents;
import io.campanile.persistence.store.JdbiTransactions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class LongReadsIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final int CONNECTIONS = 8;
    private static final ConsentSubject ADA =
            new ConsentSubject.OfAddress(new EmailAddress("ada@example.com"));

    /// Each would have a connection for seconds, and consents would wait for one for two.
    @Test
    @Timeout(60)
    void leaveConnectionsForConsents() throws Exception {
        STORE.givenWorkspace(WorkspaceId.DEFAULT);
        var reads = new LongReads();
        var begun = new CountDownLatch(3);
        var refused = new AtomicInteger();
        try (var database = new Database(STORE.settings("long-reads", 1, CONNECTIONS));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                var workspace = new WorkspaceId("w" + i % 4);
                callers.execute(() -> sleep(reads, workspace, database.store(), begun, refused));
            }
            begun.await();
            long begin = System.nanoTime();

            var known =
                    new JdbiTransactions(database.store())
                            .inTransaction(() ->
                                    new JdbiConsents(database.store())
                                            .lock(WorkspaceId.DEFAULT, ADA));

            assertThat(known).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(1));
        }
        assertThat(refused).hasValue(17);
    }

    private static void sleep(
            LongReads reads,
            WorkspaceId workspace,
            Store store,
            CountDownLatch begun,
            AtomicInteger refused) {
        try {
            var _ =
                    reads.read(
                            workspace,
                            () -> {
                                begun.countDown();
                                return store.inStatement(
                                        handle -> handle.execute("SELECT pg_sleep(3)"));
                            });
        } catch (LongReadsFull _) {
            refused.incrementAndGet();
        }
    }
}
