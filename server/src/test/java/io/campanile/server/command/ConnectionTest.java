package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.Secret;
import io.campanile.server.settings.Settings;
import io.campanile.server.settings.SettingsReader;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

class ConnectionTest {
    private static final String OWNER = "cmp_owner-owner-owner-owner-owner-owner-owner-owner";
    private static final String CLIENT = "cmp_client-client-client-client-client-client-client";

    @TempDir private Path folder;

    @BeforeEach
    void generateAnOwnerKey() throws IOException {
        Files.writeString(folder.resolve("owner.key"), "generated\n");
    }

    @Test
    void showsTheGeneratedOwnerKeyWhereNoneIsSet() {
        assertThat(key(Map.of())).hasValue(new Secret("generated"));
    }

    @Test
    void prefersTheOwnerKeyThatWasSet() {
        assertThat(key(Map.of("CAMPANILE_OWNER_KEY", OWNER))).hasValue(new Secret(OWNER));
    }

    @Test
    void prefersTheKeyOfTheClient() {
        var environment = Map.of("CAMPANILE_OWNER_KEY", OWNER, "CAMPANILE_API_KEY", CLIENT);

        assertThat(key(environment)).hasValue(new Secret(CLIENT));
    }

    @Test
    void prefersAKeyFileToAll() throws IOException {
        Path file = Files.writeString(folder.resolve("mine"), "mine\n");

        assertThat(key(Map.of("CAMPANILE_API_KEY", CLIENT), "--key-file=" + file))
                .hasValue(new Secret("mine"));
    }

    private Optional<Secret> key(Map<String, String> environment, String... options) {
        var all = new HashMap<>(environment);
        all.put("CAMPANILE_DATA_DIR", folder.toString());
        Settings settings = SettingsReader.read(Map.of(), all);
        var connection = new Connection();
        new CommandLine(CommandSpec.forAnnotatedObject(connection)).parseArgs(options);
        return connection.key(settings);
    }
}
