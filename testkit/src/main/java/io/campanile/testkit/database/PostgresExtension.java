package io.campanile.testkit.database;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Gives a test class a PostgreSQL database of its own. Register it in a static field:
///
/// ```java
/// @RegisterExtension static final PostgresExtension postgres = new PostgresExtension();
/// ```
///
/// The server is shared by the JVM: the one `CAMPANILE_TEST_DATABASE_URL` names (a JDBC URL with a
/// user that may create databases), else a container if a Docker engine answers, else an embedded
/// one. If none can be had the tests fail; they are never skipped. Not for tests that run in
/// parallel within one class.
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback {
    private final Supplier<TestDatabase> maker;
    private final List<TestDatabase> created = new ArrayList<>();
    private @Nullable TestDatabase database;
    private int depth;

    /// Its databases are empty.
    public PostgresExtension() {
        maker = () -> SharedServer.databases().create();
    }

    /// Its databases are copies.
    public PostgresExtension(DatabaseTemplate template) {
        maker = template::copy;
    }

    /// The database of the class under test and of the classes nested in it.
    public TestDatabase database() {
        if (database == null) {
            throw new IllegalStateException("There is a database only while a test class runs");
        }
        return database;
    }

    /// One more such database, for a test that must not see what its class has left behind.
    public TestDatabase freshDatabase() {
        TestDatabase fresh = maker.get();
        created.add(fresh);
        return fresh;
    }

    /// One that is empty and not like the others.
    ///
    /// @param options of `CREATE DATABASE`
    public TestDatabase freshDatabase(String options) {
        TestDatabase fresh = SharedServer.databases().create(options);
        created.add(fresh);
        return fresh;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (depth++ == 0) {
            database = freshDatabase();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--depth == 0) {
            database = null;
            created.forEach(SharedServer.databases()::drop);
            created.clear();
        }
    }
}
