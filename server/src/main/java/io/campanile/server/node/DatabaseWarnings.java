package io.campanile.server.node;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What is worth a line in the log about a PostgreSQL that a node can use all the same.
final class DatabaseWarnings {
    private static final String ENDS =
            """
            SELECT s.ssl, inet_client_addr()::text AS client, inet_server_addr()::text AS server
            FROM pg_stat_ssl s
            WHERE s.pid = pg_backend_pid()
            """;

    private DatabaseWarnings() {}

    static List<String> of(Connection connection, LockNeeds needs) throws SQLException {
        return Stream.of(
                        fewLocks(
                                ServerSettings.number(connection, "max_locks_per_transaction"),
                                needs.perTransaction(
                                        ServerSettings.number(connection, "max_connections"))),
                        earlyCommits(
                                ServerSettings.text(connection, "synchronous_commit"),
                                ServerSettings.text(connection, "synchronous_standby_names")),
                        tooManyConnections(needs.connections(), free(connection)),
                        readable(connection))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Locks are used up by what runs at the same time, and then nothing is accepted.
    ///
    /// @param locks for each transaction
    /// @param needed so many
    static Optional<String> fewLocks(int locks, int needed) {
        return locks < needed
                ? Optional.of(
                        "max_locks_per_transaction of PostgreSQL is %d, and this node alone may need %d: it grows with CAMPANILE_MESSAGE_RETENTION and the connections of all nodes"
                                .formatted(locks, needed))
                : Optional.empty();
    }

    /// A trigger is answered after its commit.
    ///
    /// @param commit `synchronous_commit`, for this user and database
    /// @param standbys `synchronous_standby_names`
    static Optional<String> earlyCommits(String commit, String standbys) {
        return switch (commit) {
            case "off" ->
                    Optional.of(
                            "synchronous_commit of PostgreSQL is off for this user or database:"
                                    + " what was accepted may be lost when the server crashes");
            case "local", "remote_write" ->
                    standbys.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    "synchronous_commit of PostgreSQL is %s for this user or database: what was accepted may be lost when a standby takes over"
                                            .formatted(commit));
            default -> Optional.empty();
        };
    }

    /// A node starts with few, and refuses calls when it needs more than there are.
    ///
    /// @param connections that this node keeps at most, besides those that listen and renew its
    ///   lease
    /// @param free what the server has for all nodes together
    static Optional<String> tooManyConnections(int connections, int free) {
        return connections + 2 <= free
                ? Optional.empty()
                : Optional.of(
                        "CAMPANILE_DATABASE_CONNECTIONS is %d, and PostgreSQL has %d for all nodes, each of which needs two more: raise max_connections there, or lower the setting"
                                .formatted(connections, free));
    }

    /// How many connections there are for users like ours. Of a PostgreSQL before 16 the last
    /// setting is none.
    private static int free(Connection connection) throws SQLException {
        String reserved =
                ServerSettings.number(connection, "server_version_num") < 160_000
                        ? "0"
                        : ServerSettings.text(connection, "reserved_connections");
        return ServerSettings.number(connection, "max_connections")
                - ServerSettings.number(connection, "superuser_reserved_connections")
                - Integer.parseInt(reserved);
    }

    private static Optional<String> readable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ENDS)) {
            if (!row.next()) {
                // Whoever may not see their own session, as after SET ROLE, is not told.
                return Optional.empty();
            }
            return readable(
                    row.getBoolean("ssl"), row.getString("client"), row.getString("server"));
        }
    }

    /// Unless told otherwise, the driver goes without TLS where the server offers none, and asks
    /// for no certificate.
    ///
    /// @param client where the server sees us; absent on a socket of the machine, as is the server
    static Optional<String> readable(
            boolean encrypted, @Nullable String client, @Nullable String server) {
        return encrypted || Objects.equals(client, server)
                ? Optional.empty()
                : Optional.of(
                        "the connection to PostgreSQL is not encrypted, and whoever is on the way"
                                + " can read people's data: add sslmode=verify-full to"
                                + " CAMPANILE_DATABASE_URL");
    }
}
