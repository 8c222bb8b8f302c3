package io.campanile.bench;

import io.campanile.bench.process.ServerProcess;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/// Readers of newsletters, straight into the tables: `r<number>@example.com`, with attributes, a
/// time zone and consent on record.
final class ReaderSeed {
    private static final int CHUNK = 50_000;
    private static final List<String> TABLES =
            List.of(
                    "profile",
                    "profile_identity",
                    "consent_record",
                    "profile_consent",
                    "suppression",
                    "frequency_reservation",
                    "audience",
                    "audience_member");

    /// By number; they begin with a time, as those do that the server makes.
    private static final String PROFILE_ID =
            """
            (lpad(to_hex(1700000000000 + n), 12, '0') || '7' || substr(md5('reader ' || n), 1, 3) || '8'
              || substr(md5('reader ' || n), 4, 15))::uuid\
            """;

    /// Parameters: whether there are some of each kind, the first number, the last, the workspace
    /// five times. A kind is a place in [Reader], or 49.
    private static final String CHUNK_OF_READERS =
            """
            WITH reader AS MATERIALIZED (
              SELECT n, kind, %s AS profile_id, md5('consent of reader ' || n)::uuid AS record_id,
                'r' || n || CASE kind WHEN 2 THEN '@blocked.example.com' ELSE '@example.com' END AS address,
                CASE kind WHEN 0 THEN 'DENIED' ELSE 'GRANTED' END AS state
              FROM (SELECT n, CASE WHEN ? THEN n %% 50 ELSE 49 END AS kind FROM generate_series(?, ?) AS n) AS numbers
            ), profiles AS (
              INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale, time_zone, version,
                create_time, update_time)
              SELECT profile_id, ?, jsonb_build_object('firstName', 'Ada ' || n, 'city', 'Graz'), '{}', 'de-AT',
                CASE kind WHEN 4 THEN 'Etc/GMT-12' ELSE 'Europe/Vienna' END, 1, now(), now()
              FROM reader
            ), identities AS (
              INSERT INTO profile_identity (workspace_id, namespace, value, profile_id, number)
              SELECT ?, 'email', address, profile_id, 0
              FROM reader
            ), records AS (
              INSERT INTO consent_record (consent_record_id, workspace_id, profile_id, channel, purpose, topic, state, source,
                proof, actor, time, record_time)
              SELECT record_id, ?, profile_id, 'EMAIL', 'MARKETING', '', state, 'bench', '', 'bench', now(), now()
              FROM reader
            ), consents AS (
              INSERT INTO profile_consent (profile_id, channel, purpose, topic, state, source, time, consent_record_id)
              SELECT profile_id, 'EMAIL', 'MARKETING', '', state, 'bench', now(), record_id
              FROM reader
            ), reservations AS (
              INSERT INTO frequency_reservation (message_id, rule_set_id, rule_set_version, person, channel, reserve_time)
              SELECT gen_random_uuid(), s.rule_set_id, s.version, r.profile_id, 'EMAIL', now()
              FROM rule_set s
              CROSS JOIN reader r
              CROSS JOIN generate_series(1, s.largest_cap)
              WHERE s.workspace_id = ? AND r.kind = 3
            )
            INSERT INTO suppression (suppression_id, workspace_id, target, reason, note, create_time)
            SELECT md5('suppression of reader ' || n)::uuid, ?, address, 'MANUAL', '', now()
            FROM reader
            WHERE kind = 1
            """
                    .formatted(PROFILE_ID);

    private static final String BLOCKED_DOMAIN =
            """
            INSERT INTO suppression (suppression_id, workspace_id, target, reason, note, create_time)
            VALUES (gen_random_uuid(), 'default', 'blocked.example.com', 'MANUAL', '', now())
            """;

    /// Parameters: the first number, the last, the workspace, the audience.
    private static final String MEMBERS =
            """
            WITH member AS (
              INSERT INTO audience_member (audience_id, profile_id)
              SELECT a.audience_id, %s
              FROM generate_series(?, ?) AS n
              CROSS JOIN audience a
              WHERE a.workspace_id = ? AND a.chosen_id = ?
              RETURNING audience_id
            )
            UPDATE audience
            SET member_count = m.members
            FROM (SELECT audience_id, count(*) AS members FROM member GROUP BY audience_id) AS m
            WHERE audience.audience_id = m.audience_id
            """
                    .formatted(PROFILE_ID);

    private final String url;
    private final Properties properties = new Properties();

    ReaderSeed(ServerProcess server) {
        url = server.jdbcUrl();
        properties.setProperty("user", "campanile");
        properties.setProperty("password", server.databasePassword());
    }

    /// Readers by number in workspace `default`, from 0 on, some of each kind; under the caps of
    /// the rule sets that are there.
    void mixed(int readers) throws SQLException {
        seed(true, "default", 0, readers);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(BLOCKED_DOMAIN);
        }
    }

    /// Readers who may all be written to.
    void willing(String workspace, int first, int readers) throws SQLException {
        seed(false, workspace, first, readers);
    }

    private void seed(boolean mixed, String workspace, int first, int readers) throws SQLException {
        int end = first + readers;
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(CHUNK_OF_READERS)) {
            for (int next = first; next < end; next += CHUNK) {
                insert.setBoolean(1, mixed);
                insert.setInt(2, next);
                insert.setInt(3, Math.min(end, next + CHUNK) - 1);
                for (int place = 4; place <= 8; place++) {
                    insert.setString(place, workspace);
                }
                insert.executeUpdate();
            }
        }
    }

    /// Makes readers the members of an audience that has none.
    void members(String workspace, String audience, int first, int readers) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(MEMBERS)) {
            insert.setInt(1, first);
            insert.setInt(2, first + readers - 1);
            insert.setString(3, workspace);
            insert.setString(4, audience);
            insert.executeUpdate();
        }
    }

    /// Lets the database tidy up; returns the seconds since then.
    double tidy(Instant start) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("VACUUM (ANALYZE) " + table);
            }
            statement.execute("CHECKPOINT");
        }
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement()) {
            // Only the seed may be lost in a power cut.
            statement.execute("SET synchronous_commit = off");
        }
        return connection;
    }
}
