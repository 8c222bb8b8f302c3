package io.campanile.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

class PostgresBinariesTest {
    @TempDir private Path folder;

    @Test
    void areCopiedFromBesideTheProgram() throws IOException {
        Path packaged = packaged("rwxr-xr-x");
        Files.createSymbolicLink(packaged.resolve("link"), Path.of("bin", "postgres"));

        Path copied = unpacked();

        assertThat(copied.resolve("bin").resolve("postgres"))
                .hasContent("no program")
                .isExecutable();
        assertThat(Files.readSymbolicLink(copied.resolve("link")))
                .isEqualTo(Path.of("bin", "postgres"));
    }

    @Test
    void areUnpackedWhereThoseBesideTheProgramCannotBeRun() throws IOException {
        var _ = packaged("rw-r--r--");

        assertThat(unpacked().resolve("bin").resolve("initdb")).isExecutable();
    }

    /// Something in place of the programs, where packaging leaves them.
    private Path packaged(String modes) throws IOException {
        Path packaged = folder.resolve("programs").resolve(PostgresBinaries.name());
        Path program = Files.createDirectories(packaged.resolve("bin")).resolve("postgres");
        Files.writeString(program, "no program");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(modes));
        return packaged;
    }

    private Path unpacked() throws IOException {
        Path parent = Files.createDirectory(folder.resolve("data"));
        var _ = PostgresBinaries.unpackedIn(parent, folder.resolve("programs"));
        return parent.resolve(PostgresBinaries.name());
    }

    @Test
    void learnsNothingOfTheNodesSettings() {
        var environment =
                new HashMap<>(
                        Map.of(
                                "CAMPANILE_OWNER_KEY", "cmp_x",
                                "CAMPANILE_SECRET_KEY", "a:b",
                                "PGHOST", "elsewhere",
                                "LC_ALL", "de_AT.UTF-8",
                                "PATH", "/usr/bin"));

        PostgresBinaries.clean(environment);

        assertThat(environment)
                .containsExactlyInAnyOrderEntriesOf(Map.of("LC_ALL", "C", "PATH", "/usr/bin"));
    }

    @Test
    void saysWhatToDoWhereRootCannotBeSetAside() {
        assertThat(
                        PostgresBinaries.failure(
                                "initdb", "unshare: unshare failed: Operation not permitted\n"))
                .hasMessageContaining("does not run as root")
                .hasMessageContaining("CAMPANILE_DATABASE_URL");
    }

    @Test
    void saysWhatAProgramIsThatCannotBeRun() {
        String output = "unshare: failed to execute /data/initdb: Permission denied\n";

        assertThat(PostgresBinaries.failure("initdb", output))
                .hasMessage("PostgreSQL's initdb failed: " + output.strip());
    }

    @Test
    void repeatsWhatAProgramComplainedAbout() {
        assertThat(PostgresBinaries.failure("initdb", "busy\ninitdb: error: no room\nhint\n"))
                .hasMessage("PostgreSQL's initdb failed: initdb: error: no room");
    }
}
