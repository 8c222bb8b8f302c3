package io.campanile.persistence;

import io.campanile.persistence.operation.JdbiPartitions;
import io.campanile.testkit.database.DatabaseTemplate;
import io.campanile.testkit.database.TestDatabase;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;

/// A test's database with all tables and partitions.
public final class MigratedDatabase {
    static final DatabaseTemplate TEMPLATE = new DatabaseTemplate(MigratedDatabase::migrate);

    private MigratedDatabase() {}

    private static void migrate(TestDatabase database) {
        try (var opened = new Database(settings(database))) {
            new Migrations(opened.dataSource()).up();
            new JdbiPartitions(opened.store()).makeAhead(Instant.now(), Period.ofDays(7));
        }
    }

    public static DatabaseSettings settings(TestDatabase database) {
        return new DatabaseSettings(
                database.jdbcUrl(),
                new DatabaseSettings.Login(database.user(), database.password()),
                "test",
                12,
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20));
    }
}
