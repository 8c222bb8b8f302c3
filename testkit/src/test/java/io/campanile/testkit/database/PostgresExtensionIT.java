package io.campanile.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class PostgresExtensionIT {
    @RegisterExtension static final PostgresExtension postgres = new PostgresExtension();

    @Test
    void sessionsAreNotInUtc() throws SQLException {
        assertThat(answer(postgres.database(), "SHOW TIME ZONE"))
                .isEqualTo(TestDatabase.SESSION_TIME_ZONE);
    }

    @Test
    void aFreshDatabaseSeesNothingOfTheOther() throws SQLException {
        try (Connection connection = postgres.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE left_behind (id int)");
        }

        String tables = "SELECT count(*) FROM pg_tables WHERE tablename = 'left_behind'";
        assertThat(answer(postgres.freshDatabase(), tables)).isEqualTo("0");
        assertThat(answer(postgres.database(), tables)).isEqualTo("1");
    }

    @Nested
    class WithinANestedClass {
        @Test
        void theDatabaseIsThatOfTheOuterClass() throws SQLException {
            assertThat(answer(postgres.database(), "SELECT current_database()"))
                    .isEqualTo(postgres.database().name());
        }
    }

    static String answer(TestDatabase database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
