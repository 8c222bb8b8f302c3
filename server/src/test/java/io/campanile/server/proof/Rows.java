package io.campanile.server.proof;

import io.campanile.application.content.PayloadOpener;
import io.campanile.application.operation.port.Invariants;
import io.campanile.persistence.content.JacksonPayloadCodec;
import io.campanile.persistence.erasure.JdbiMessageErasures;
import io.campanile.persistence.operation.JdbiInvariants;
import io.campanile.server.testing.MigratedDatabase;
import io.campanile.testkit.database.TestDatabase;
import io.campanile.testkit.secret.InMemorySecretSealer;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Looks into the database past the server, over one connection that is made again when it was cut.
/// Not thread-safe.
final class Rows implements AutoCloseable {
    private static final String SENDING =
            """
            SELECT s.message_id
            FROM message_state s
            JOIN message m ON m.message_id = s.message_id
            JOIN campaign c ON c.campaign_id = m.campaign_id
            WHERE s.state = 'SENDING' AND c.chosen_id = ?
            """;

    private static final String STATES =
            """
            SELECT s.state || coalesce(' ' || s.reason, ''), count(*)::text
            FROM message_state s
            JOIN message m ON m.message_id = s.message_id
            JOIN campaign c ON c.campaign_id = m.campaign_id
            WHERE c.chosen_id = ?
            GROUP BY 1
            """;

    private static final String SESSIONS =
            """
            SELECT pid::text
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            """;

    private static final String OWNED =
            """
            SELECT message_id
            FROM message_queue
            WHERE owner IS NOT NULL AND message_id = ANY (string_to_array(?, ',')::uuid[])
            """;

    private static final String SPOIL_PAYLOAD =
            "UPDATE message SET payload = '\\x00' WHERE message_id = ?::uuid RETURNING message_id";

    private static final String AGE_RESERVATIONS =
            """
            UPDATE frequency_reservation
            SET reserve_time = reserve_time - CAST(? AS interval)
            RETURNING message_id
            """;

    private static final String AGE_BOUNCES =
            """
            UPDATE bounce_count
            SET last_time = last_time - CAST(? AS interval)
            RETURNING target
            """;

    private static final String AGE_CANARIES =
            """
            UPDATE broadcast_canary
            SET state_time = state_time - CAST(? AS interval)
            RETURNING execution_id
            """;

    private static final String MAKE_DUE =
            "UPDATE message_queue SET due_time = now() WHERE owner IS NULL AND due_time > now()"
                    + " RETURNING message_id";

    private static final String START_BROADCASTS =
            "UPDATE broadcast SET start_time = now() RETURNING execution_id";

    private static final String TABLES =
            """
            SELECT c.oid::regclass::text
            FROM pg_class c
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            """;

    private static final String UNKNOWN =
            "SELECT message_id FROM message_state WHERE state = 'UNKNOWN'";

    private static final String OPEN = "SELECT message_id FROM message_queue";

    private static final String MESSAGES =
            """
            SELECT s.message_id, concat_ws(' ', s.state, s.reason, s.attempts, s.reply_code, s.state_time)
            FROM message_state s
            JOIN message m ON m.message_id = s.message_id
            JOIN campaign c ON c.campaign_id = m.campaign_id
            WHERE c.chosen_id = ?
            """;

    private final TestDatabase database;
    private @Nullable Connection connection;

    Rows(TestDatabase database) {
        this.database = database;
    }

    /// Messages of a campaign in hand-over.
    Set<String> sending(String campaign) {
        return pairs(SENDING, campaign).keySet();
    }

    Set<String> unknown() {
        return pairs(UNKNOWN).keySet();
    }

    /// How many messages of a campaign stand in each state, with its reason.
    Map<String, String> states(String campaign) {
        return pairs(STATES, campaign);
    }

    /// Everything that can change of each message of a campaign.
    Map<String, String> messages(String campaign) {
        return pairs(MESSAGES, campaign);
    }

    boolean allSettled() {
        return pairs(OPEN + " LIMIT 1").isEmpty();
    }

    /// How many of the messages a node holds in memory.
    int owned(Collection<String> messages) {
        return pairs(OWNED, String.join(",", messages)).size();
    }

    /// Makes what is stored for rendering unreadable.
    void spoilPayload(String message) {
        pairs(SPOIL_PAYLOAD, message);
    }

    /// Makes everything that frequency caps count older.
    void ageReservations(String interval) {
        pairs(AGE_RESERVATIONS, interval);
    }

    /// Makes every bounce that counts older.
    void ageBounces(String interval) {
        pairs(AGE_BOUNCES, interval);
    }

    /// Makes samples look as if they had been observed for longer.
    void ageCanaries(String interval) {
        pairs(AGE_CANARIES, interval);
    }

    /// How many rows of each table hold the text, as text or as bytes; tables without are absent.
    Map<String, String> mentions(String text) {
        var found = new TreeMap<String, String>();
        for (String table : pairs(TABLES).keySet()) {
            found.putAll(pairs(mentionsIn(table), text, text));
        }
        return found;
    }

    /// Bytes are written as hexadecimal digits.
    private static String mentionsIn(String table) {
        return """
        SELECT '%s', count(*)::text
        FROM %s AS t
        WHERE strpos(lower(t::text), lower(?)) > 0
          OR strpos(t::text, encode(convert_to(?, 'UTF8'), 'hex')) > 0
        HAVING count(*) > 0
        """
                .formatted(table, table);
    }

    /// Goes on with erasures as the server does a minute later.
    void finishErasures() {
        try (var open = MigratedDatabase.open(database)) {
            var erasures =
                    new JdbiMessageErasures(
                            open.store(),
                            new PayloadOpener(
                                    new JacksonPayloadCodec(), new InMemorySecretSealer()));
            Until.holds(
                    "nobody is left to be erased",
                    () -> erasures.goOn(Instant.now().plusSeconds(61), _ -> {}) == 0);
        }
    }

    /// Makes everything that waits due.
    void makeDue() {
        pairs(MAKE_DUE);
    }

    /// Lets the time of broadcasts come that wait for it.
    void startBroadcasts() {
        pairs(START_BROADCASTS);
    }

    /// Whoever else is connected, by process ids of the database.
    Set<String> sessions() {
        return pairs(SESSIONS).keySet();
    }

    /// Whether nobody else is connected: what a killed process had begun is over.
    boolean deserted() {
        return sessions().isEmpty();
    }

    /// What `campanile audit` would print.
    List<Invariants.Finding> audit() {
        try (var open = MigratedDatabase.open(database)) {
            return new JdbiInvariants(open.store()).check(10);
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Once more after a failure: the tests cut connections and end servers.
    private Map<String, String> pairs(String sql, String... parameters) {
        try {
            return pairs(connection(), sql, parameters);
        } catch (SQLException _) {
            close();
        }
        try {
            return pairs(connection(), sql, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.connect();
            connection = open;
        }
        return open;
    }

    private static Map<String, String> pairs(Connection open, String sql, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setString(index + 1, parameters[index]);
            }
            var pairs = new TreeMap<String, String>();
            try (ResultSet rows = statement.executeQuery()) {
                boolean hasValue = rows.getMetaData().getColumnCount() > 1;
                while (rows.next()) {
                    pairs.put(rows.getString(1), hasValue ? rows.getString(2) : "");
                }
            }
            return pairs;
        }
    }
}
