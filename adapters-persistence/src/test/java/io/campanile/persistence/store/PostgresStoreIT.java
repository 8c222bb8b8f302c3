package io.campanile.persistence.store;

import io.campanile.application.store.port.ChangeSignal;
import io.campanile.application.store.port.RequestLog;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.testkit.store.StoreContract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;

class PostgresStoreIT extends StoreContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private @Nullable PostgresChangeSignal signal;

    @AfterEach
    void stopListening() {
        if (signal != null) {
            signal.close();
        }
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Override
    protected RequestLog requests() {
        return new JdbiRequestLog(STORE.database().store());
    }

    @Override
    protected ChangeSignal signal() {
        if (signal == null) {
            signal = new PostgresChangeSignal(STORE.database());
            signal.start();
        }
        return signal;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        Instant time = Instant.parse("2026-03-01T12:00:00Z");
        new JdbiWorkspaces(STORE.database().store()).insert(Workspace.created(workspace, "", time));
    }
}
