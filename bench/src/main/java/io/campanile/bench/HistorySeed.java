package io.campanile.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;

/// Finished messages of the last thirty days, straight into the tables: the one benchmark that
/// knows the schema, because ten million triggers would take an hour. Each has an execution of its
/// own, and those of the last week their request ids.
final class HistorySeed {
    private static final int DAYS = 30;
    private static final int DAYS_OF_REQUEST_IDS = 7;
    private static final int CHUNK = 50_000;
    private static final List<String> PARTITIONED =
            List.of("execution", "message", "message_state", "message_event", "message_secret");
    private static final DateTimeFormatter NAME_OF_DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /// Parameters: milliseconds since 1970 of the first, milliseconds between two, how many,
    /// whether with request ids.
    private static final String CHUNK_OF_MESSAGES =
            """
            WITH seed AS MATERIALIZED (
              SELECT n,
                to_timestamp((first + n * step) / 1000.0) AS time,
                (lpad(to_hex((first + n * step)::bigint), 12, '0') || '7' || substr(m, 1, 3) || '8' || substr(m, 4, 15))::uuid
                  AS message_id,
                (lpad(to_hex((first + n * step)::bigint), 12, '0') || '7' || substr(e, 1, 3) || '8' || substr(e, 4, 15))::uuid
                  AS execution_id
              FROM (VALUES (?::bigint, ?::double precision)) AS times (first, step),
                LATERAL (SELECT n, md5('m' || first || ':' || n) AS m, md5('e' || first || ':' || n) AS e
                  FROM generate_series(0, ? - 1) AS n) AS numbers
            ), campaign AS (
              SELECT campaign_id FROM campaign LIMIT 1
            ), executions AS (
              INSERT INTO execution (execution_id, campaign_id, revision, request_id, create_time, expire_time, message_ids)
              SELECT execution_id, campaign_id, 1, execution_id::text, time, time + interval '84 hours', ARRAY[message_id]
              FROM seed, campaign
            ), keys AS (
              INSERT INTO trigger_key (campaign_id, request_id, digest, execution_id, create_time)
              SELECT campaign_id, execution_id::text, sha256(execution_id::text::bytea), execution_id, time
              FROM seed, campaign
              WHERE ?
            ), messages AS (
              INSERT INTO message (message_id, execution_id, campaign_id, revision, recipient_index, identity_namespace,
                identity_value, address, payload, expire_time)
              SELECT message_id, execution_id, campaign_id, 1, 0, 'email', 'r' || n || '@example.com',
                'r' || n || '@example.com', convert_to(repeat(md5(n::text), 8), 'UTF8'), time + interval '84 hours'
              FROM seed, campaign
            )
            INSERT INTO message_state (message_id, state, attempts, reply_code, enhanced_code, state_time)
            SELECT message_id, 'SENT', 1, 250, '2.0.0', time + interval '1 second'
            FROM seed
            """;

    private final String url;
    private final Properties properties = new Properties();

    HistorySeed(String url, String password) {
        this.url = url;
        properties.setProperty("user", "campanile");
        properties.setProperty("password", password);
    }

    /// Seeds so many messages and lets the database tidy up; returns the seconds it took.
    double seed(int rows) throws SQLException, InterruptedException {
        Instant start = Instant.now();
        LocalDate today = LocalDate.ofInstant(start, ZoneOffset.UTC);
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            // Only the seed may be lost in a power cut.
            statement.execute("SET synchronous_commit = off");
            int left = rows;
            for (int day = DAYS; day >= 1; day--) {
                makePartitions(statement, today.minusDays(day));
                int share = left / day;
                seedDay(connection, today.minusDays(day), share, day <= DAYS_OF_REQUEST_IDS);
                left -= share;
            }
            for (String table : PARTITIONED) {
                statement.execute("VACUUM (ANALYZE) " + table);
            }
            statement.execute("VACUUM (ANALYZE) trigger_key");
            statement.execute("CHECKPOINT");
        }
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }

    private static void makePartitions(Statement statement, LocalDate day) throws SQLException {
        for (String table : PARTITIONED) {
            String storage = table.equals("message_state") ? " WITH (fillfactor = 50)" : "";
            String name = table + "_" + NAME_OF_DAY.format(day);
            String exists = "SELECT FROM pg_class WHERE oid = to_regclass('" + name + "')";
            try (var found = statement.executeQuery(exists)) {
                if (found.next()) {
                    continue; // the server makes yesterday's itself
                }
            }
            statement.execute(
                    "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s')%s"
                            .formatted(
                                    name,
                                    table,
                                    lowestId(day),
                                    lowestId(day.plusDays(1)),
                                    storage));
        }
    }

    private static void seedDay(Connection connection, LocalDate day, int rows, boolean withKeys)
            throws SQLException {
        double step = ChronoUnit.DAYS.getDuration().toMillis() / (double) Math.max(1, rows);
        try (PreparedStatement insert = connection.prepareStatement(CHUNK_OF_MESSAGES)) {
            for (int done = 0; done < rows; done += CHUNK) {
                insert.setLong(1, millis(day) + (long) (done * step));
                insert.setDouble(2, step);
                insert.setInt(3, Math.min(CHUNK, rows - done));
                insert.setBoolean(4, withKeys);
                insert.executeUpdate();
            }
        }
    }

    /// The least UUID version 7 of a day, where its partition begins.
    private static String lowestId(LocalDate day) {
        String millis = "%012x".formatted(millis(day));
        return millis.substring(0, 8) + "-" + millis.substring(8) + "-0000-0000-000000000000";
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
