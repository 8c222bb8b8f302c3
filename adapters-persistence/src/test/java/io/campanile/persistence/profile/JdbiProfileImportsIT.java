package io.campanile.persistence.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.profile.ProfileImportsContract;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class JdbiProfileImportsIT extends ProfileImportsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected ProfileImports imports() {
        return new JdbiProfileImports(STORE.database().store());
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }

    @Test
    void beginsAnewWhatIsForgottenWhileItIsWaitedFor()
            throws InterruptedException, ExecutionException {
        WorkspaceId workspace = OwnWorkspaces.next();
        givenWorkspace(workspace);
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        Callable<Long> lock =
                () -> transactions().inTransaction(() -> imports().lock(workspace, "i", longAgo));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = transactions().inTransaction(() -> imports().lock(workspace, "i", longAgo));
            Future<Long> locking =
                    transactions()
                            .inTransaction(() -> {
                                imports().lock(workspace, "i", longAgo);
                                Future<Long> begun = threads.submit(lock);
                                LockWaits.await(STORE.database());
                                while (imports().forget(longAgo.plusSeconds(1), 10) > 0) {
                                    // All of them.
                                }
                                return begun;
                            });
            assertThat(locking.get()).isZero();
        }
    }
}
