package io.campanile.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.jdbi.v3.core.Jdbi;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

/// The connections to PostgreSQL, in two pools, so that a slow list cannot hold up intake and
/// delivery, and one connection for the node's lease, so that nothing can hold that up. Opens
/// without a database: it may come later.
public final class Database implements AutoCloseable {
    private static final String PLANNED_ONCE = "force_generic_plan";

    /// The hot statements touch a few rows by key, whatever the statistics say: of a queue that was
    /// empty when it was last analyzed, or of a partition that is an hour old. So each is planned
    /// once, for any size of the tables. These settings do not choose between the ways to join, so
    /// the statements are written in the one way that cannot read a whole table or index: looked up
    /// row by row (`LATERAL`, with a locking clause or `OFFSET 0` to keep the planner from
    /// rearranging it), changed by `= ANY`. The bounds on message ids prune partitions.
    private static final String KEYED_PLANS =
            " -c plan_cache_mode="
                    + PLANNED_ONCE
                    + " -c enable_hashjoin=off -c enable_mergejoin=off"
                    + " -c enable_seqscan=off -c jit=off";

    /// What the statements were written for, whatever the server, the database or the user has by
    /// itself. The backslash keeps the space from ending the option.
    private static final String ISOLATION = " -c default_transaction_isolation=read\\ committed";

    private static final int CONNECT_SECONDS = 5;

    /// Longer, so that a connection that fails says of what: this alone has no cause.
    private static final int LOGIN_SECONDS = CONNECT_SECONDS + 1;

    private final DatabaseSettings settings;
    private final HikariDataSource hotPool;
    private final HikariDataSource pool;
    private final HikariDataSource leasePool;
    private final Store hot;
    private final Store lease;
    private final Store store;

    public Database(DatabaseSettings settings) {
        this.settings = settings;
        hotPool = pool(settings, "hot", settings.hotConnections(), KEYED_PLANS);
        pool = pool(settings, "other", settings.connections(), " -c jit=off");
        leasePool = pool(settings, "lease", 1, KEYED_PLANS);
        hot = new Store(Jdbi.create(hotPool));
        lease = new Store(Jdbi.create(leasePool));
        store = new Store(Jdbi.create(pool));
    }

    /// For intake and delivery.
    public Store hot() {
        return hot;
    }

    /// For nothing but renewals of a node's lease: whoever cannot renew it is taken for dead.
    public Store lease() {
        return lease;
    }

    /// For everything else.
    public Store store() {
        return store;
    }

    /// Of the pool for everything else.
    public DataSource dataSource() {
        return pool;
    }

    /// Where connections go, for whoever set the URL: such as `db.example port 5432`, several with
    /// commas.
    public String servers() {
        return servers(settings.url());
    }

    static String servers(String url) {
        Properties read = Objects.requireNonNull(Driver.parseURL(url, null));
        String[] hosts = read.getProperty(PGProperty.PG_HOST.getName(), "").split(",", 0);
        String[] ports = read.getProperty(PGProperty.PG_PORT.getName(), "").split(",", 0);
        return IntStream.range(0, hosts.length)
                .mapToObj(i -> hosts[i] + " port " + ports[i])
                .collect(Collectors.joining(", "));
    }

    /// Opens a connection that belongs to no pool; whoever asks closes it.
    ///
    /// @param purpose what `pg_stat_activity` shows after the application's name
    public Connection connect(String purpose) throws SQLException {
        var properties = new Properties();
        PGProperty.USER.set(properties, settings.login().user());
        PGProperty.PASSWORD.set(properties, settings.login().password());
        PGProperty.APPLICATION_NAME.set(properties, settings.applicationName() + "-" + purpose);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, LOGIN_SECONDS);
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        return DriverManager.getConnection(settings.url(), properties);
    }

    /// Whether connections are as they were asked for. They are not where a pooler in between drops
    /// what it does not know.
    public boolean isAsAskedFor() throws SQLException {
        try (Connection connection = hotPool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW plan_cache_mode")) {
            return row.next() && row.getString(1).equals(PLANNED_ONCE);
        }
    }

    @Override
    public void close() {
        hotPool.close();
        leasePool.close();
        pool.close();
    }

    private static HikariDataSource pool(
            DatabaseSettings settings, String name, int connections, String options) {
        var config = new HikariConfig();
        config.setPoolName(settings.applicationName() + "-" + name);
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.login().user());
        config.setPassword(settings.login().password());
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(settings.acquireTimeout().toMillis());
        config.setValidationTimeout(Math.min(1_000, settings.acquireTimeout().toMillis()));
        config.setInitializationFailTimeout(-1);
        Duration socketTimeout = settings.statementTimeout().plusSeconds(5);
        set(config, PGProperty.APPLICATION_NAME, settings.applicationName());
        set(config, PGProperty.PREPARE_THRESHOLD, "1");
        set(config, PGProperty.REWRITE_BATCHED_INSERTS, "true");
        set(config, PGProperty.BINARY_TRANSFER_ENABLE, Integer.toString(UuidArray.ARRAY_OID));
        set(config, PGProperty.TCP_KEEP_ALIVE, "true");
        set(config, PGProperty.CONNECT_TIMEOUT, Integer.toString(CONNECT_SECONDS));
        set(config, PGProperty.SOCKET_TIMEOUT, Long.toString(socketTimeout.toSeconds()));
        // Details quote the row, and rows are personal.
        set(config, PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
        set(
                config,
                PGProperty.OPTIONS,
                "-c statement_timeout=%d -c idle_in_transaction_session_timeout=%d"
                                .formatted(
                                        settings.statementTimeout().toMillis(),
                                        socketTimeout.toMillis())
                        + ISOLATION
                        + options);
        return new HikariDataSource(config);
    }

    private static void set(HikariConfig config, PGProperty property, String value) {
        config.addDataSourceProperty(property.getName(), value);
    }
}
