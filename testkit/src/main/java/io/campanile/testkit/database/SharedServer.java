package io.campanile.testkit.database;

import io.campanile.testkit.database.EmbeddedServers.Launched;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The one server that all tests of a JVM share; it lives as long as the JVM.
final class SharedServer {
    private static final Logger LOGGER = System.getLogger(SharedServer.class.getName());
    private static final String URL = "CAMPANILE_TEST_DATABASE_URL";
    private static final String IMAGE = "postgres:18";

    /// Files in memory, on Linux.
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final String DATA = "campanile-postgres";

    private static final long ENOUGH_MEMORY = 4L << 30;

    private static @Nullable Databases databases;

    private SharedServer() {}

    static synchronized Databases databases() {
        if (databases == null) {
            databases = choose();
        }
        return databases;
    }

    // Whoever names binaries wants exactly that version, whatever else there is.
    private static Databases choose() {
        if (EmbeddedServers.chosenBinaries() != null) {
            return embedded();
        }
        String url = System.getenv(URL);
        if (url != null && !url.isBlank()) {
            return configured(url);
        }
        Databases container = DockerEngines.mayBeThere() ? container() : null;
        return container != null ? container : embedded();
    }

    private static Databases configured(String url) {
        String user = parameter(url, "user");
        if (user.isEmpty()) {
            throw new IllegalStateException(
                    URL + " needs a user: jdbc:postgresql://host/database?user=…&password=…");
        }
        return Databases.ownedBy(
                new TestDatabase("postgres", url, user, parameter(url, "password")));
    }

    private static String parameter(String url, String name) {
        return Pattern.compile("[?&]" + name + "=([^&]*)")
                .matcher(url)
                .results()
                .map(match -> URLDecoder.decode(match.group(1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    // Ryuk or, without it, the end of the engine removes the container: nobody may close it
    // earlier.
    @SuppressWarnings("resource")
    private static @Nullable Databases container() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return null;
        }
        try {
            var container = new PostgreSQLContainer(IMAGE);
            container.start();
            return Databases.ofSuperuser(
                    new TestDatabase(
                            container.getDatabaseName(),
                            container.getJdbcUrl(),
                            container.getUsername(),
                            container.getPassword()));
        } catch (RuntimeException e) {
            // An engine that answers may still be unable to fetch the image.
            LOGGER.log(Level.WARNING, "No container of " + IMAGE + ", trying embedded", e);
            return null;
        }
    }

    // Closed by the library's own shutdown hook.
    @SuppressWarnings("resource")
    private static Databases embedded() {
        try {
            EmbeddedPostgres server = EmbeddedServers.start(SharedServer::launch);
            return Databases.ofSuperuser(EmbeddedServers.maintenanceOf(server));
        } catch (IOException e) {
            throw new IllegalStateException("No PostgreSQL for tests could be started", e);
        }
    }

    private static Launched launch() throws IOException {
        Path memory = memory();
        Path data =
                memory == null
                        ? Files.createTempDirectory(DATA)
                        : Files.createTempDirectory(memory, DATA);
        return new Launched(
                EmbeddedServers.builder()
                        .setDataDirectory(data)
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "300")
                        .start(),
                data);
    }

    // On a disk, making and dropping databases of some hundred files each took two thirds of the
    // kernel's time in the tests of the adapters.
    private static @Nullable Path memory() throws IOException {
        boolean roomy =
                Files.isWritable(MEMORY)
                        && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_MEMORY;
        return roomy ? MEMORY : null;
    }
}
