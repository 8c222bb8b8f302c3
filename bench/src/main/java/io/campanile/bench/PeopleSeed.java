package io.campanile.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/// People straight into the tables, because a million calls would take minutes. Each has an
/// identity and said something about marketing by email, one in ten a no; one in twenty addresses
/// is suppressed, and one in twenty opted out by itself.
final class PeopleSeed {
    private static final int CHUNK = 50_000;
    private static final List<String> TABLES =
            List.of(
                    "profile",
                    "profile_identity",
                    "consent_record",
                    "profile_consent",
                    "address_consent",
                    "suppression");

    /// Parameters: the first number and the last.
    private static final String CHUNK_OF_PEOPLE =
            """
            WITH people AS MATERIALIZED (
              SELECT n, md5('profile ' || n)::uuid AS profile_id, md5('consent ' || n)::uuid AS record_id,
                md5('address ' || n)::uuid AS address_record_id, 'p' || n || '@example.com' AS address,
                CASE WHEN n % 10 = 0 THEN 'DENIED' ELSE 'GRANTED' END AS state
              FROM generate_series(?, ?) AS n
            ), profiles AS (
              INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale, time_zone, version,
                create_time, update_time)
              SELECT profile_id, 'default', '{}', '{}', '', '', 1, now(), now()
              FROM people
            ), identities AS (
              INSERT INTO profile_identity (workspace_id, namespace, value, profile_id, number)
              SELECT 'default', 'email', address, profile_id, 0
              FROM people
            ), records AS (
              INSERT INTO consent_record (consent_record_id, workspace_id, profile_id, channel, purpose, topic, state, source,
                proof, actor, time, record_time)
              SELECT record_id, 'default', profile_id, 'EMAIL', 'MARKETING', '', state, 'bench', '', 'bench', now(), now()
              FROM people
            ), consents AS (
              INSERT INTO profile_consent (profile_id, channel, purpose, topic, state, source, time, consent_record_id)
              SELECT profile_id, 'EMAIL', 'MARKETING', '', state, 'bench', now(), record_id
              FROM people
            ), address_records AS (
              INSERT INTO consent_record (consent_record_id, workspace_id, address, channel, purpose, topic, state, source,
                proof, actor, time, record_time)
              SELECT address_record_id, 'default', address, 'EMAIL', 'MARKETING', '', 'DENIED', 'bench', '', 'bench', now(), now()
              FROM people
              WHERE n % 20 = 1
            ), address_consents AS (
              INSERT INTO address_consent (workspace_id, address, channel, purpose, topic, state, source, time,
                consent_record_id)
              SELECT 'default', address, 'EMAIL', 'MARKETING', '', 'DENIED', 'bench', now(), address_record_id
              FROM people
              WHERE n % 20 = 1
            )
            INSERT INTO suppression (suppression_id, workspace_id, target, reason, note, create_time)
            SELECT md5('suppression ' || n)::uuid, 'default', address, 'MANUAL', '', now()
            FROM people
            WHERE n % 20 = 2
            """;

    private final String url;
    private final Properties properties = new Properties();

    PeopleSeed(String url, String password) {
        this.url = url;
        properties.setProperty("user", "campanile");
        properties.setProperty("password", password);
    }

    /// The address, and the value of the identity, of a person by number, from 1 on.
    static String address(int number) {
        return "p" + number + "@example.com";
    }

    /// Seeds so many people and lets the database tidy up; returns the seconds it took.
    double seed(int people) throws SQLException {
        Instant start = Instant.now();
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(CHUNK_OF_PEOPLE)) {
            // Only the seed may be lost in a power cut.
            statement.execute("SET synchronous_commit = off");
            for (int first = 1; first <= people; first += CHUNK) {
                insert.setInt(1, first);
                insert.setInt(2, Math.min(people, first + CHUNK - 1));
                insert.executeUpdate();
            }
            for (String table : TABLES) {
                statement.execute("VACUUM (ANALYZE) " + table);
            }
            statement.execute("CHECKPOINT");
        }
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }
}
