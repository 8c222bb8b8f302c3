package io.campanile.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.IntStream;

/// The same people as [ImportRun] sends, straight into the tables: no look-up, no validation, one
/// connection, as many rows in a transaction.
final class ImportRows {
    private static final int ROWS = 500;

    private static final String INSERT =
            """
            WITH people AS MATERIALIZED (
              SELECT gen_random_uuid() AS profile_id, key, address, attributes
              FROM unnest(?, ?, ?) AS t (key, address, attributes)
            ), profiles AS (
              INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale, time_zone, version,
                create_time, update_time)
              SELECT profile_id, 'default', attributes::jsonb, ARRAY[address], 'de-AT', 'Europe/Vienna', 1, now(), now()
              FROM people
            )
            INSERT INTO profile_identity (workspace_id, namespace, value, profile_id, number)
            SELECT 'default', 'bareId', key, profile_id, 1
            FROM people
            """;

    private final String url;
    private final Properties properties = new Properties();

    ImportRows(String url, String password) {
        this.url = url;
        properties.setProperty("user", "campanile");
        properties.setProperty("password", password);
    }

    static String key(int number) {
        return "person-" + number;
    }

    static String address(int number) {
        return "p" + number + "@example.com";
    }

    static String firstName(int number) {
        return "Ada " + number;
    }

    void insert(int begin, int end) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, properties);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int first = begin; first < end; first += ROWS) {
                int[] numbers = IntStream.range(first, Math.min(end, first + ROWS)).toArray();
                bind(insert, 1, numbers, ImportRows::key);
                bind(insert, 2, numbers, ImportRows::address);
                bind(insert, 3, numbers, ImportRows::attributes);
                insert.executeUpdate();
            }
        }
    }

    private static String attributes(int number) {
        return "{\"city\": \"Graz\", \"orders\": %d, \"firstName\": \"%s\"}"
                .formatted(number % 50, firstName(number));
    }

    private interface Column {
        String of(int number);
    }

    private static void bind(PreparedStatement insert, int index, int[] numbers, Column column)
            throws SQLException {
        String[] values = IntStream.of(numbers).mapToObj(column::of).toArray(String[]::new);
        insert.setArray(index, insert.getConnection().createArrayOf("text", values));
    }
}
