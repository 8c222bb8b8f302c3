package io.campanile.testkit.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// Embedded PostgreSQL: by default the version whose binaries are on the class path, or the one in
/// the jar that the system property `campanile.test.postgres.binaries` names.
final class EmbeddedServers {
    private static final String BINARIES = "campanile.test.postgres.binaries";

    private static final int MOST_TRIES = 5;

    private EmbeddedServers() {}

    static @Nullable String chosenBinaries() {
        return System.getProperty(BINARIES);
    }

    static EmbeddedPostgres.Builder builder() {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(unpacked())
                        .setLocaleConfig("encoding", "UTF8")
                        .setLocaleConfig("locale", "C.UTF-8")
                        .setPGStartupWait(Duration.ofMinutes(1));
        String jar = chosenBinaries();
        return jar == null
                ? builder
                : builder.setPgBinaryResolver((system, machine) -> binaries(jar, system, machine));
    }

    /// Makes a server on whatever port is free.
    interface Launch {
        /// May be called again.
        Launched now() throws IOException;
    }

    /// What seems to run, and where its data lie.
    record Launched(EmbeddedPostgres server, Path data) {}

    /// Between looking for a free port and taking it, the library makes the data folder, which
    /// takes seconds: somebody else may have the port by then, and the library is content when
    /// anybody answers there.
    static EmbeddedPostgres start(Launch launch) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Launched launched = launch.now();
            if (dataOf(launched.server()).equals(launched.data().toRealPath())) {
                return launched.server();
            }
            launched.server().close();
        }
        throw new IOException("others took the port " + MOST_TRIES + " times");
    }

    private static Path dataOf(EmbeddedPostgres server) throws IOException {
        try (Connection connection = maintenanceOf(server).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            return Path.of(row.getString(1)).toRealPath();
        } catch (SQLException e) {
            throw new IOException("The test's PostgreSQL does not say where its data are", e);
        }
    }

    static TestDatabase maintenanceOf(EmbeddedPostgres server) {
        String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
        return new TestDatabase("postgres", url, "postgres", "");
    }

    // One folder per user: what root unpacked, somebody else could not lock.
    private static File unpacked() {
        String folder = "campanile-test-postgres-" + System.getProperty("user.name");
        return new File(System.getProperty("java.io.tmpdir"), folder);
    }

    private static InputStream binaries(String jar, String system, String machine)
            throws IOException {
        String arch = machine.equals("aarch64") ? "arm_64" : machine;
        String name = "postgres-%s-%s.txz".formatted(system.toLowerCase(Locale.ROOT), arch);
        try (var file = new JarFile(jar)) {
            JarEntry entry = file.getJarEntry(name);
            if (entry == null) {
                throw new IOException(jar + " has no " + name);
            }
            try (InputStream content = file.getInputStream(entry)) {
                return new ByteArrayInputStream(content.readAllBytes());
            }
        }
    }
}
