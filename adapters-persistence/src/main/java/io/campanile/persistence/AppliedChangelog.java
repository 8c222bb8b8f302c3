package io.campanile.persistence;

import liquibase.resource.Resource;
import liquibase.resource.ResourceAccessor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// Which changelog was applied to a database as a whole, noted at the table in which Liquibase
/// keeps its changes: most starts find nothing to do, and learn it from here for a fraction of what
/// Liquibase takes.
final class AppliedChangelog {
    private static final String NOTED =
            "SELECT obj_description(to_regclass('databasechangelog'), 'pg_class')";

    // A newer program that died midway has left the note as it was, but not the number.
    private static final String APPLIED = "SELECT count(*) FROM databasechangelog";

    private final String digest;

    private AppliedChangelog(String digest) {
        this.digest = digest;
    }

    /// @param folder of all the changes, which are read in the order of their names
    static AppliedChangelog of(ResourceAccessor resources, String folder) {
        try {
            List<Resource> changes =
                    resources.search(folder, false).stream()
                            .sorted(Comparator.comparing(Resource::getPath))
                            .toList();
            if (changes.isEmpty()) {
                throw new IllegalStateException("there are no changes in " + folder);
            }
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (Resource change : changes) {
                try (InputStream text = change.openInputStream()) {
                    sha256.update(text.readAllBytes());
                }
            }
            return new AppliedChangelog(HexFormat.of().formatHex(sha256.digest()));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the changelog cannot be read", e);
        }
    }

    /// Whether all of it, and nothing else, was applied.
    boolean isIn(Connection connection) throws SQLException {
        String noted = first(connection, NOTED);
        return noted != null && noted.equals(note(connection));
    }

    /// To be called when all of it was applied, in a transaction.
    void noteIn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("COMMENT ON TABLE databasechangelog IS '" + note(connection) + "'");
        }
    }

    private String note(Connection connection) throws SQLException {
        return "%s changes, SHA-256 %s".formatted(first(connection, APPLIED), digest);
    }

    private static @Nullable String first(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
