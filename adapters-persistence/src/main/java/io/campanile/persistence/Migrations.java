package io.campanile.persistence;

import io.campanile.application.store.StoreUnavailable;

import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.RanChangeSet;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationFailedException;
import liquibase.logging.core.NoOpLogService;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

/// The schema's changes. Several nodes may migrate at once: they wait for each other.
public final class Migrations {
    private static final String CHANGELOG = "io/campanile/persistence/changelog.xml";
    private static final String CHANGES = "io/campanile/persistence/changes";
    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());
    private static final int LOOKS_WITHOUT_A_WORD = 50;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final String ANOTHER_BUILD =
            "Changes that this database has seen are not as this Campanile has them, so that"
                + " another build made them: run that one, restore a backup of this one's, or begin"
                + " with an empty database";

    // Liquibase's own lock outlives a killed process; this one ends with the connection.
    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_lock(hashtextextended('campanile migrations', 0))";
    private static final String UNLOCK =
            "SELECT pg_advisory_unlock(hashtextextended('campanile migrations', 0))";

    private final DataSource dataSource;
    private final ResourceAccessor resources =
            new ClassLoaderResourceAccessor(Migrations.class.getClassLoader());
    private final AppliedChangelog applied = AppliedChangelog.of(resources, CHANGES);

    public Migrations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Applies what is missing.
    ///
    /// @throws IllegalStateException when a newer program made changes that this one does not know
    /// @throws StoreUnavailable when the database is away
    public void up() {
        if (isUpToDate()) {
            return;
        }
        locked(liquibase -> {
            refuseNewer(liquibase);
            liquibase.update(new Contexts(), new LabelExpression());
            note(liquibase);
            return true;
        });
    }

    private boolean isUpToDate() {
        try (Connection connection = dataSource.getConnection()) {
            return applied.isIn(connection);
        } catch (SQLException e) {
            throw DatabaseError.of(e).unavailable();
        }
    }

    private void note(Liquibase liquibase) throws LiquibaseException, SQLException {
        var connection = (JdbcConnection) liquibase.getDatabase().getConnection();
        try {
            applied.noteIn(connection.getUnderlyingConnection());
            connection.commit();
        } catch (SQLException e) {
            // Who does not own the table starts without the note, only slower.
            if (!DatabaseError.of(e).deniesARight()) {
                throw e;
            }
            connection.rollback();
        }
    }

    /// Takes everything back, data included.
    ///
    /// @throws StoreUnavailable when the database is away
    public void down() {
        locked(liquibase -> {
            int applied = liquibase.getDatabase().getRanChangeSetList().size();
            liquibase.rollback(applied, null, new Contexts(), new LabelExpression());
            return true;
        });
    }

    /// The ids of the changes that [#up] would apply.
    ///
    /// @throws IllegalStateException when a newer program made changes that this one does not know
    /// @throws StoreUnavailable when the database is away
    public List<String> missing() {
        if (isUpToDate()) {
            return List.of();
        }
        return locked(liquibase -> {
            refuseNewer(liquibase);
            return liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).stream()
                    .map(ChangeSet::getId)
                    .toList();
        });
    }

    private static void refuseNewer(Liquibase liquibase) throws LiquibaseException {
        List<String> unknown =
                liquibase.listUnexpectedChangeSets(new Contexts(), new LabelExpression()).stream()
                        .map(RanChangeSet::getId)
                        .sorted()
                        .toList();
        if (!unknown.isEmpty()) {
            throw new NewerSchema(unknown);
        }
    }

    private static final class NewerSchema extends IllegalStateException {
        NewerSchema(List<String> unknown) {
            super(
                    "A newer Campanile has changed the database's schema (%s): run that one, or restore the backup of before"
                            .formatted(String.join(", ", unknown)));
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Liquibase liquibase) throws LiquibaseException, SQLException;
    }

    private <T> T locked(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            waitForLock(connection);
            try {
                removeLimits(connection);
                return quietly(connection, work);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                restoreLimits(connection);
                isTrue(connection, UNLOCK);
            }
        } catch (SQLException e) {
            throw DatabaseError.of(e).unavailable();
        }
    }

    /// Asks again and again instead of waiting inside the database: a waiting statement would hold
    /// a snapshot, for which `CREATE INDEX CONCURRENTLY` waits.
    private static void waitForLock(Connection connection) throws SQLException {
        for (int looks = 1; !isTrue(connection, TRY_LOCK); looks++) {
            if (looks == LOOKS_WITHOUT_A_WORD) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "another node brings the database's schema up to date, and is waited for");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /// Changes of a filled database take as long as they take; an index that is broken off stays
    /// behind, invalid. The pool sets its own network timeout again.
    private static void removeLimits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            statement.execute("SET idle_in_transaction_session_timeout = 0");
        }
        connection.setNetworkTimeout(Runnable::run, 0);
    }

    private static void restoreLimits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("RESET statement_timeout");
            statement.execute("RESET idle_in_transaction_session_timeout");
        }
    }

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private <T> T quietly(Connection connection, Work<T> work) {
        try {
            return Scope.child(
                    Map.of(
                            Scope.Attr.logService.name(),
                            new NoOpLogService(),
                            Scope.Attr.ui.name(),
                            new LoggerUIService(),
                            "liquibase.analytics.enabled",
                            false),
                    () -> {
                        var liquibase =
                                new Liquibase(CHANGELOG, resources, new JdbcConnection(connection));
                        liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
                        // Ours is held, so whoever held this one is dead.
                        liquibase.forceReleaseLocks();
                        return work.with(liquibase);
                    });
        } catch (NewerSchema e) {
            throw e;
        } catch (Exception e) {
            if (isOfAnotherBuild(e)) {
                throw new IllegalStateException(ANOTHER_BUILD, e);
            }
            DatabaseError error = DatabaseError.of(e);
            throw new IllegalStateException(
                    error.deniesARight()
                            ? DatabaseError.LACKS_A_RIGHT
                            : "the schema cannot be brought up to date: " + error.getMessage(),
                    e);
        }
    }

    /// Changes that were made are not as they are written here.
    private static boolean isOfAnotherBuild(Throwable problem) {
        return problem instanceof ValidationFailedException
                || (problem.getCause() != null && isOfAnotherBuild(problem.getCause()));
    }
}
