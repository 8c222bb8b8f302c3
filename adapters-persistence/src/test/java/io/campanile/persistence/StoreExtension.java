package io.campanile.persistence;

import io.campanile.application.access.Changes;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.access.JdbiAuditEntries;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.store.JdbiRequestLog;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.database.DatabaseLink;
import io.campanile.testkit.database.PostgresExtension;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/// Gives a test class a migrated database with the adapters over it. Register it in a static field.
public final class StoreExtension implements BeforeAllCallback, AfterAllCallback {
    private final PostgresExtension postgres = new PostgresExtension(MigratedDatabase.TEMPLATE);
    private @Nullable Database database;
    private @Nullable JdbiStoreUnderTest store;
    private int depth;

    public Database database() {
        if (database == null) {
            throw new IllegalStateException("There is a database only while a test class runs");
        }
        return database;
    }

    /// One more way to the same database, to be cut; whoever asks closes it.
    public DatabaseLink link() throws IOException {
        return DatabaseLink.to(postgres.database());
    }

    /// For one more set of connections to the same database.
    public DatabaseSettings settings(String applicationName) {
        DatabaseSettings settings = MigratedDatabase.settings(postgres.database());
        return settings(applicationName, settings.hotConnections(), settings.connections());
    }

    /// For one more set of so many connections.
    public DatabaseSettings settings(String applicationName, int hotConnections, int connections) {
        DatabaseSettings settings = MigratedDatabase.settings(postgres.database());
        return new DatabaseSettings(
                settings.url(),
                settings.login(),
                applicationName,
                hotConnections,
                connections,
                settings.acquireTimeout(),
                settings.statementTimeout());
    }

    /// For one more set of connections whose statements may take so long only.
    public DatabaseSettings settings(String applicationName, Duration statementTimeout) {
        DatabaseSettings settings = settings(applicationName, 1, 1);
        return new DatabaseSettings(
                settings.url(),
                settings.login(),
                settings.applicationName(),
                settings.hotConnections(),
                settings.connections(),
                settings.acquireTimeout(),
                statementTimeout);
    }

    public JdbiStoreUnderTest store() {
        if (store == null) {
            throw new IllegalStateException("There is a store only while a test class runs");
        }
        return store;
    }

    /// Makes the workspace exist.
    public void givenWorkspace(WorkspaceId workspace) {
        new JdbiWorkspaces(database().store())
                .insert(Workspace.created(workspace, "", Instant.parse("2026-03-01T12:00:00Z")));
    }

    /// What changes something in the database, always at the same time.
    public Changes changes(Instant now) {
        Store cold = database().store();
        return new Changes(
                new JdbiTransactions(cold),
                new JdbiRequestLog(cold),
                InMemoryKeptKeys.requestDigests(),
                new JdbiAuditEntries(cold),
                new InMemoryChangeSignal(),
                InstantSource.fixed(now),
                UUID::randomUUID);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        postgres.beforeAll(context);
        if (depth++ == 0) {
            database = new Database(MigratedDatabase.settings(postgres.database()));
            store = new JdbiStoreUnderTest(database());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--depth == 0) {
            database().close();
        }
        postgres.afterAll(context);
    }
}
