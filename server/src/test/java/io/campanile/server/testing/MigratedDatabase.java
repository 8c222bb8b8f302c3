package io.campanile.server.testing;

import io.campanile.persistence.Database;
import io.campanile.persistence.DatabaseSettings;
import io.campanile.persistence.Migrations;
import io.campanile.persistence.operation.JdbiPartitions;
import io.campanile.testkit.database.DatabaseTemplate;
import io.campanile.testkit.database.TestDatabase;

import java.time.Instant;
import java.time.Period;

/// What a node finds that is not the first.
public final class MigratedDatabase {
    /// A database with all tables and partitions, and nothing in them.
    public static final DatabaseTemplate TEMPLATE = new DatabaseTemplate(MigratedDatabase::migrate);

    private MigratedDatabase() {}

    private static void migrate(TestDatabase database) {
        try (Database open = open(database)) {
            new Migrations(open.dataSource()).up();
            new JdbiPartitions(open.store()).makeAhead(Instant.now(), Period.ofDays(7));
        }
    }

    /// Whoever asks closes it.
    public static Database open(TestDatabase database) {
        return new Database(
                DatabaseSettings.at(
                        database.jdbcUrl(),
                        new DatabaseSettings.Login(database.user(), database.password()),
                        8,
                        8));
    }
}
