package io.campanile.testkit.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/// Creates and drops databases on one server, through a user that may do so. Thread-safe.
final class Databases {
    private static final String OWNER = "campanile";

    private final TestDatabase maintenance;
    private final String owner;
    private final String ownerPassword;

    private Databases(TestDatabase maintenance, String owner, String ownerPassword) {
        this.maintenance = maintenance;
        this.owner = owner;
        this.ownerPassword = ownerPassword;
    }

    /// On a server that belongs to somebody else: its databases are owned by the user given.
    static Databases ownedBy(TestDatabase maintenance) {
        return new Databases(maintenance, maintenance.user(), maintenance.password());
    }

    /// On a server of our own, whose superuser is given: its databases are owned by an ordinary
    /// user.
    static Databases ofSuperuser(TestDatabase maintenance) {
        var databases = new Databases(maintenance, OWNER, OWNER);
        databases.execute("CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + OWNER + "'");
        return databases;
    }

    TestDatabase create() {
        return created("");
    }

    /// @param options of `CREATE DATABASE`
    TestDatabase create(String options) {
        return created(" " + options);
    }

    private TestDatabase created(String options) {
        String name = "campanile_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name + " OWNER " + quoted(owner) + options);
        return new TestDatabase(name, urlOf(name), owner, ownerPassword);
    }

    /// Nobody may be connected to the template; those who just left are waited for.
    TestDatabase copyOf(TestDatabase template) {
        return created(" TEMPLATE " + template.name());
    }

    void drop(TestDatabase database) {
        execute("DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
    }

    void execute(String sql) {
        try (Connection connection = maintenance.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The test database server refused: " + sql, e);
        }
    }

    private String urlOf(String name) {
        return maintenance
                .jdbcUrl()
                .replaceFirst("^(jdbc:postgresql://[^/?]*)(/[^?]*)?", "$1/" + name);
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
