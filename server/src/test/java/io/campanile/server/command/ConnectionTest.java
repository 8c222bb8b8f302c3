package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.server.Secret;
import io.campanile.server.call.CallFailed;
import io.campanile.server.settings.Settings;
import io.campanile.server.settings.SettingsReader;
import io.campanile.server.testing.PemCertificate;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ConnectionTest {
    private static final String OWNER = "cmp_owner-owner-owner-owner-owner-owner-owner-owner";
    private static final String CLIENT = "cmp_client-client-client-client-client-client-client";

    private static final Map<String, String> NOTHING = Map.of();

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

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9090", "127.0.0.1:9090", "127.8.9.1:1", "[::1]:9090"})
    void showsTheOwnerKeyOnThisMachine(String server) {
        assertThat(key(Map.of("CAMPANILE_OWNER_KEY", OWNER), "--server=" + server))
                .hasValue(new Secret(OWNER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example.com:9090",
                "192.0.2.7:9090",
                "[2001:db8::1]:9090",
                "localhost.example.com:9090",
                "127.0.0.1.example.com:9090",
                "dns:///localhost:9090",
                "0.0.0.0:9090",
                "example.com"
            })
    void showsNoOwnerKeyToAnotherMachine(String server) {
        for (var environment : List.of(Map.of("CAMPANILE_OWNER_KEY", OWNER), NOTHING)) {
            assertThatThrownBy(() -> key(environment, "--server=" + server))
                    .isInstanceOf(CallFailed.class)
                    .hasMessageContaining("--key-file or CAMPANILE_API_KEY");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "mail.example.com"})
    void takesNoAddressOfTheSettingsForThisMachineThatIsNot(String address) {
        var environment = Map.of("CAMPANILE_GRPC_ADDRESS", address, "CAMPANILE_OWNER_KEY", OWNER);

        assertThatThrownBy(() -> open(environment))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("--plaintext");
        assertThatThrownBy(() -> open(environment, "--plaintext"))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("--key-file or CAMPANILE_API_KEY");
        assertThatThrownBy(() -> key(environment)).isInstanceOf(CallFailed.class);
    }

    @Test
    void showsTheOwnerKeyAtEveryAddressOfThisMachine() throws IOException {
        List<String> addresses = new ArrayList<>(List.of("0.0.0.0", "::", "localhost", "::1"));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress())
                .forEach(
                        address -> addresses.add(address.getHostAddress().replaceFirst("%.*", "")));

        for (String address : addresses) {
            var environment =
                    Map.of("CAMPANILE_GRPC_ADDRESS", address, "CAMPANILE_OWNER_KEY", OWNER);

            assertThat(key(environment)).as(address).hasValue(new Secret(OWNER));
            assertThatCode(() -> open(environment)).as(address).doesNotThrowAnyException();
        }
    }

    @Test
    void showsAKeyThatIsNamedToAnotherMachine() throws IOException {
        Path file = Files.writeString(folder.resolve("mine"), "mine\n");

        assertThat(key(Map.of("CAMPANILE_API_KEY", CLIENT), "--server=mail.example.com:9090"))
                .hasValue(new Secret(CLIENT));
        assertThat(key(NOTHING, "--server=mail.example.com:9090", "--key-file=" + file))
                .hasValue(new Secret("mine"));
    }

    @Test
    void callsAnotherMachineOverTlsOnly() {
        var environment = Map.of("CAMPANILE_API_KEY", CLIENT);
        String elsewhere = "--server=mail.example.com:9090";

        assertThatThrownBy(() -> open(environment, elsewhere))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("--plaintext");
        assertThatCode(() -> open(environment, elsewhere, "--tls")).doesNotThrowAnyException();
        assertThatCode(() -> open(environment, elsewhere, "--plaintext"))
                .doesNotThrowAnyException();
        assertThatCode(() -> open(environment, "--server=localhost:9090"))
                .doesNotThrowAnyException();
        assertThatCode(() -> open(environment)).doesNotThrowAnyException();
    }

    @Test
    void doesNotGuessHowTheServerOfTheSettingsIsCalledWhereItSpeaksTls() throws IOException {
        PemCertificate made = PemCertificate.make(folder, "server");
        var environment =
                Map.of(
                        "CAMPANILE_TLS_CERTIFICATE", made.file().toString(),
                        "CAMPANILE_TLS_KEY", made.key().toString());

        assertThatThrownBy(() -> open(environment))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("--server NAME:9090")
                .hasMessageContaining("--tls-ca");
        assertThatCode(() -> open(environment, "--tls-ca=" + made.file()))
                .doesNotThrowAnyException();
        assertThatCode(() -> open(environment, "--server=localhost:9090"))
                .doesNotThrowAnyException();
    }

    @Test
    void saysHowToMakeAKeyOfAnotherForm() throws IOException {
        PemCertificate made = PemCertificate.make(folder, "client");
        Files.writeString(
                made.key(), Files.readString(made.key()).replace("PRIVATE", "RSA PRIVATE"));

        assertThatThrownBy(() ->
                        open(
                                NOTHING,
                                "--tls",
                                "--tls-certificate=" + made.file(),
                                "--tls-key=" + made.key()))
                .isInstanceOf(CallFailed.class)
                .hasMessageStartingWith("--tls-key must be ")
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void cannotCallBothWays() {
        assertThatThrownBy(() -> open(NOTHING, "--tls", "--plaintext"))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("--plaintext");
    }

    private void open(Map<String, String> environment, String... options) {
        connection(options).open(settings(environment)).close();
    }

    private Optional<Secret> key(Map<String, String> environment, String... options) {
        return connection(options).key(settings(environment));
    }

    private Settings settings(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("CAMPANILE_DATA_DIR", folder.toString());
        return SettingsReader.read(Map.of(), all);
    }

    private static Connection connection(String... options) {
        var connection = new Connection();
        new CommandLine(CommandSpec.forAnnotatedObject(connection)).parseArgs(options);
        return connection;
    }
}
