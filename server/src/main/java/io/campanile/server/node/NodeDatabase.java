package io.campanile.server.node;

import io.campanile.application.share.LongCalls;
import io.campanile.persistence.Database;
import io.campanile.persistence.DatabaseSettings;
import io.campanile.persistence.DatabaseSettings.Login;
import io.campanile.persistence.Migrations;
import io.campanile.persistence.secret.LostSecretKey;
import io.campanile.server.Secret;
import io.campanile.server.database.EmbeddedDatabase;
import io.campanile.server.settings.Settings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The database of a node: the one that was set, or one it brings along. Close it last.
public final class NodeDatabase implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int HOT_OF_A_COMMAND = 1;

    /// One more than it needs at once.
    private static final int CONNECTIONS_OF_A_COMMAND = 2;

    private final @Nullable EmbeddedDatabase embedded;
    private final Database database;
    private final String dataLocation;
    private boolean closed;

    private NodeDatabase(
            @Nullable EmbeddedDatabase embedded, Database database, String dataLocation) {
        this.embedded = embedded;
        this.database = database;
        this.dataLocation = dataLocation;
    }

    /// Makes settings of the connections to a database.
    private interface Connections {
        DatabaseSettings to(String url, Login login);
    }

    /// Starts the embedded database unless another was set.
    ///
    /// @throws IllegalStateException when the one that was set cannot be used
    static NodeDatabase open(Settings settings) {
        int all = settings.databaseConnections();
        int hot = hotConnections(all);
        return open(settings, (url, login) -> DatabaseSettings.at(url, login, hot, all - hot));
    }

    /// As [#open], for a command that runs no node: with a few connections, which it does not take
    /// from the nodes, and which show its name.
    public static NodeDatabase openFor(String command, Settings settings) {
        return open(
                settings,
                (url, login) ->
                        DatabaseSettings.at(url, login, HOT_OF_A_COMMAND, CONNECTIONS_OF_A_COMMAND)
                                .named("campanile-" + command));
    }

    private static NodeDatabase open(Settings settings, Connections connections) {
        var locks = new LockNeeds(settings.databaseConnections(), settings.retention().messages());
        if (settings.database().isPresent()) {
            Settings.Database set = settings.database().get();
            var login =
                    new Login(set.user().orElse(""), set.password().map(Secret::value).orElse(""));
            var database =
                    DatabaseCheck.opened(() -> new Database(connections.to(set.url(), login)));
            try {
                DatabaseCheck.refuseUnfit(
                        () -> database.connect("start"), database::servers, locks);
                DatabaseCheck.refusePooler(database::isAsAskedFor);
            } catch (RuntimeException e) {
                database.close();
                throw e;
            }
            return new NodeDatabase(
                    null, database, "the database that CAMPANILE_DATABASE_URL names");
        }
        EmbeddedDatabase embedded =
                EmbeddedDatabase.start(
                        settings.dataFolder(),
                        settings.databaseConnections(),
                        locks::perTransaction);
        var login = new Login(embedded.user(), embedded.password().value());
        var database = new Database(connections.to(embedded.jdbcUrl(), login));
        String folder = settings.dataFolder().toAbsolutePath().normalize().toString();
        return new NodeDatabase(embedded, database, folder + " (embedded PostgreSQL)");
    }

    /// As [#openFor], but makes no database where there is none.
    ///
    /// @throws IllegalStateException also when there is none
    public static NodeDatabase openExistingFor(String command, Settings settings) {
        Path folder = settings.dataFolder();
        if (settings.database().isEmpty() && !EmbeddedDatabase.exists(folder)) {
            throw new IllegalStateException(
                    "There is no database in %s: set CAMPANILE_DATA_DIR or CAMPANILE_DATABASE_URL"
                            .formatted(folder.toAbsolutePath().normalize()));
        }
        return openFor(command, settings);
    }

    /// Brings the schema up to date.
    public void migrate() {
        new Migrations(database.dataSource()).up();
    }

    /// How many changes of the schema are missing.
    public int missingMigrations() {
        return new Migrations(database.dataSource()).missing().size();
    }

    /// Lets the database go on without a secret key that is lost. No node may run on it.
    ///
    /// @param forgetRefusals also when people who were erased had refused
    public LostSecretKey.Result giveUpSecretKey(String id, boolean forgetRefusals) {
        return new LostSecretKey(database.store()).giveUp(id, forgetRefusals);
    }

    /// The ids of the secret keys that the database needs.
    List<String> secretKeyIds() {
        return new LostSecretKey(database.store()).known();
    }

    /// Requires the schema that this program was made for.
    ///
    /// @throws IllegalStateException when changes of the schema are missing, or unknown
    public void refuseOldSchema() {
        int missing = missingMigrations();
        if (missing > 0) {
            throw new IllegalStateException(
                    "The database's schema lacks %d changes: run './campanile migrate' first"
                            .formatted(missing));
        }
    }

    Database database() {
        return database;
    }

    /// Whether no other node can be using it.
    boolean isExclusive() {
        return embedded != null;
    }

    /// Where the data lie, for people.
    public String dataLocation() {
        return dataLocation;
    }

    /// Connections that cannot be closed are left behind; the embedded database is waited for.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        StopSteps steps = StopSteps.within(CLOSE_TIMEOUT);
        try {
            steps.run("connections", database::close);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (embedded != null) {
                embedded.close();
            }
        }
        steps.refuseDisorder();
    }

    /// So many may keep a connection for minutes: what begins broadcasts, the drop of old days, the
    /// walk of erasures, and calls that take long. Exports of people, and large audiences that are
    /// deleted, come beside them.
    static final int LONG_USERS =
            NodeJobs.BEGINNINGS_AT_ONCE + 2 + LongCalls.READERS + LongCalls.WRITERS;

    /// How many of a node's connections are for intake and delivery. Of the others at least one
    /// remains for stops, pauses, consents and receipts.
    static int hotConnections(int connections) {
        return connections / 2;
    }
}
