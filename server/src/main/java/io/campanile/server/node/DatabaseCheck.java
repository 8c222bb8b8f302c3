package io.campanile.server.node;

import io.campanile.persistence.Database;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds out at the start what is wrong with a database that was set, and says it by the names of
/// the settings, never by their values; but where nobody answers, by where they were looked for.
final class DatabaseCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);
    private static final int OLDEST_MAJOR = 15;
    private static final String NOT_CONNECTED = "08001";
    private static final String NAMED = "the database that CAMPANILE_DATABASE_URL names";

    private static final String POOLER =
            "CAMPANILE_DATABASE_URL does not lead to PostgreSQL itself, but to a pooler that drops"
                    + " the options of connections: name the database's own port";

    private static final String NO_CONNECTION_LEFT =
            "PostgreSQL has no connection left, for anybody or for this user or database: every"
                    + " node takes CAMPANILE_DATABASE_CONNECTIONS and two more";

    private static final String ALL_LETTERS =
            "make one by CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc"
                    + " LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'";

    /// A letter beyond ASCII; the I, which Turkish has its own small letter for; and a Greek word,
    /// whose last letter is another one by the rules of ICU.
    private static final String LETTERS = "ÖIΑΣ";

    private static final String SMALL_LETTERS = "öiασ";

    private DatabaseCheck() {}

    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    /// What opens by itself, without asking the database for anything. What pool and driver say of
    /// a URL they do not understand quotes it.
    ///
    /// @throws IllegalStateException when it does not
    static Database opened(Supplier<Database> opening) {
        try {
            return opening.get();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "CAMPANILE_DATABASE_URL is no URL that PostgreSQL's driver understands", e);
        }
    }

    /// @param servers where the connector connects to
    /// @throws IllegalStateException when there is no use in going on
    static void refuseUnfit(Connector connector, Supplier<String> servers, LockNeeds needs) {
        try (Connection connection = connector.connect()) {
            refuseOld(ServerSettings.number(connection, "server_version_num"));
            refuseOtherLetters(connection);
            refuseStandby(ServerSettings.text(connection, "transaction_read_only"));
            DatabaseWarnings.of(connection, needs).forEach(LOG::warn);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    unreached(e, servers).orElseGet(() -> problem(e.getSQLState())), e);
        }
    }

    /// What answers a look at the connections of a pool.
    @FunctionalInterface
    interface Look {
        boolean isAsAskedFor() throws SQLException;
    }

    /// Plans, time limits and prepared statements belong to a connection to the database itself.
    ///
    /// @throws IllegalStateException when something in between gives out others
    static void refusePooler(Look look) {
        try {
            if (!look.isAsAskedFor()) {
                throw new IllegalStateException(POOLER);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(problem(e.getSQLState()), e);
        }
    }

    private static void refuseOtherLetters(Connection connection) throws SQLException {
        refuseEncoding(ServerSettings.text(connection, "server_encoding"));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT lower('" + LETTERS + "')")) {
            row.next();
            refuseOtherLetters(row.getString(1));
        }
    }

    /// @param version as `server_version_num` has it, such as 150004 for 15.4
    static void refuseOld(int version) {
        int major = version / 10_000;
        if (major < OLDEST_MAJOR) {
            throw new IllegalStateException(
                    "PostgreSQL %d behind CAMPANILE_DATABASE_URL is too old: Campanile needs %d or newer"
                            .formatted(major, OLDEST_MAJOR));
        }
    }

    /// @param readOnly whether transactions are, as PostgreSQL says it
    static void refuseStandby(String readOnly) {
        if (readOnly.equals("on")) {
            throw new IllegalStateException(
                    "The PostgreSQL behind CAMPANILE_DATABASE_URL takes no writes, as a standby"
                            + " does: name the primary, or add targetServerType=primary");
        }
    }

    /// People have names in all languages.
    static void refuseEncoding(String encoding) {
        if (!encoding.equals("UTF8")) {
            throw new IllegalStateException(
                    "The database that CAMPANILE_DATABASE_URL names has the encoding %s, and Campanile needs UTF8: %s"
                            .formatted(encoding, ALL_LETTERS));
        }
    }

    /// Addresses are the same in upper and lower case, also beyond ASCII, and the database has to
    /// see that as we do: letter by letter, the same in all languages. Otherwise somebody who was
    /// erased would be left in their messages.
    ///
    /// @param lowered what the database makes of [#LETTERS] in lower case
    static void refuseOtherLetters(String lowered) {
        if (!lowered.equals(SMALL_LETTERS)) {
            throw new IllegalStateException(
                    "The database that CAMPANILE_DATABASE_URL names has an LC_CTYPE that knows the"
                            + " letters of ASCII only, or small letters of one language, or those"
                            + " of ICU: "
                            + ALL_LETTERS);
        }
    }

    /// What to say when the server was not reached: the causes share a SQLSTATE, and are mended
    /// differently. A server that is silent has none.
    private static Optional<String> unreached(SQLException thrown, Supplier<String> servers) {
        return switch (thrown.getCause()) {
            case UnknownHostException unknown ->
                    Optional.of(
                            "The host %s in CAMPANILE_DATABASE_URL is not known: check its name, and that this machine can look it up"
                                    .formatted(unknown.getMessage()));
            case SocketTimeoutException _, ConnectException _, NoRouteToHostException _ ->
                    Optional.of(silent(servers.get()));
            case null ->
                    NOT_CONNECTED.equals(thrown.getSQLState())
                            ? Optional.of(silent(servers.get()))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String silent(String servers) {
        return "Nothing answers at %s, as CAMPANILE_DATABASE_URL has it: check host and port, that PostgreSQL runs and listens there (listen_addresses), and that no firewall is in between"
                .formatted(servers);
    }

    /// What a SQLSTATE says about the settings. The driver's own text may name users and hosts.
    static String problem(@Nullable String sqlState) {
        String state = sqlState == null ? "" : sqlState;
        if (state.equals("28000")) {
            return "Nobody may sign in to %s like this: check CAMPANILE_DATABASE_USER, whether the URL wants TLS (sslmode), and pg_hba.conf of PostgreSQL"
                    .formatted(NAMED);
        }
        // The driver was asked for a password and has none, or for TLS, which the server has not.
        if (state.equals("08004")) {
            return "Cannot sign in to %s: check CAMPANILE_DATABASE_PASSWORD, and whether PostgreSQL offers the TLS that the URL wants (sslmode)"
                    .formatted(NAMED);
        }
        if (state.startsWith("28")) {
            return "Cannot sign in to %s: check CAMPANILE_DATABASE_USER and CAMPANILE_DATABASE_PASSWORD"
                    .formatted(NAMED);
        }
        if (state.equals("53300")) {
            return NO_CONNECTION_LEFT;
        }
        // As PgBouncer says of the options of a connection.
        if (state.equals("08P01")) {
            return POOLER;
        }
        return switch (state.length() == 5 ? state.substring(0, 2) : "") {
            case "08" -> "Cannot reach %s".formatted(NAMED);
            case "42" -> "CAMPANILE_DATABASE_USER lacks the right to connect to " + NAMED;
            case "3D" -> "The server that CAMPANILE_DATABASE_URL names has no such database";
            default -> "Cannot use %s (SQLSTATE %s)".formatted(NAMED, state);
        };
    }
}
