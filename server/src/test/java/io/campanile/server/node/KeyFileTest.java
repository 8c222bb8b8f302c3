package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class KeyFileTest {
    @TempDir private Path folder;

    @Test
    void showsTheKeyAndItsFolderToTheOwnerOnly() throws IOException {
        var file = new KeyFile(folder.resolve("data/owner.key"));

        assertThat(file.write("a secret").value()).isEqualTo(file.read().value());

        assertThat(mode(file.file())).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("data"))).isEqualTo("rwx------");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
