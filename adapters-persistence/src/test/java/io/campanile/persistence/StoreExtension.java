package io.campanile.persistence;

import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.database.PostgresExtension;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Gives a test class a migrated database with the adapters over it. Register it in a static field.
public final class StoreExtension implements BeforeAllCallback, AfterAllCallback {
    private static final String WORKSPACE =
            """
            INSERT INTO workspace (workspace_id, display_name, version, create_time, update_time)
            VALUES (:id, '', 1, now(), now())
            ON CONFLICT DO NOTHING
            """;

    private final PostgresExtension postgres = new PostgresExtension();
    private @Nullable Database database;
    private @Nullable JdbiStoreUnderTest store;
    private int depth;

    public Database database() {
        if (database == null) {
            throw new IllegalStateException("There is a database only while a test class runs");
        }
        return database;
    }

    public JdbiStoreUnderTest store() {
        if (store == null) {
            throw new IllegalStateException("There is a store only while a test class runs");
        }
        return store;
    }

    /// Makes the workspace exist.
    public void givenWorkspace(WorkspaceId workspace) {
        database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate(WORKSPACE).bind("id", workspace.value()).execute());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        postgres.beforeAll(context);
        if (depth++ == 0) {
            database = MigratedDatabase.open(postgres.database());
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
