package io.campanile.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.campanile.server.Secret;
import io.campanile.server.testing.PemCertificate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

class SettingsReaderTest {
    private static final Map<String, String> NOTHING = Map.of();
    private static final String KEY = "a:" + Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void hasADefaultForEverything() {
        assertThat(SettingsReader.read(NOTHING, NOTHING))
                .isEqualTo(
                        new Settings(
                                Setting.Role.ALL,
                                new Settings.Grpc("127.0.0.1", 9090, Optional.empty()),
                                Path.of("./data"),
                                Optional.empty(),
                                22,
                                true,
                                new Settings.Keys(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                new Settings.Retention(
                                        Duration.ofDays(90),
                                        Duration.ofDays(7),
                                        Duration.ofDays(730),
                                        Duration.ofDays(30)),
                                5,
                                Duration.ofSeconds(10),
                                4096,
                                Duration.ofSeconds(30),
                                Setting.LogLevel.INFO));
    }

    @Test
    void prefersFlagsToTheEnvironmentAndTheEnvironmentToTheFile(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("campanile.properties");
        Files.writeString(
                file,
                """
                CAMPANILE_GRPC_PORT=1
                CAMPANILE_INTAKE_CAPACITY=1001
                CAMPANILE_DATABASE_CONNECTIONS=25
                """);
        var environment =
                Map.of(
                        "CAMPANILE_CONFIG_FILE", file.toString(),
                        "CAMPANILE_GRPC_PORT", "2",
                        "CAMPANILE_INTAKE_CAPACITY", "1002");

        Settings settings = SettingsReader.read(Map.of("CAMPANILE_GRPC_PORT", "3"), environment);

        assertThat(settings.grpc().port()).isEqualTo(3);
        assertThat(settings.intakeCapacity()).isEqualTo(1002);
        assertThat(settings.databaseConnections()).isEqualTo(25);
    }

    @Test
    void namesEveryProblemAtOnce() {
        var environment =
                Map.of(
                        "CAMPANILE_GRCP_PORT", "9090",
                        "CAMPANILE_GRPC_PORT", "70000",
                        "CAMPANILE_ROLE", "sleeper",
                        "CAMPANILE_DATABASE_PASSWORD", "hunter2");

        assertThatThrownBy(() -> SettingsReader.read(NOTHING, environment))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessage(
                        "CAMPANILE_GRCP_PORT is not a setting, did you mean CAMPANILE_GRPC_PORT?;"
                                + " CAMPANILE_ROLE must be one of all, api, delivery;"
                                + " CAMPANILE_GRPC_PORT must be a whole number from 0 to 65535;"
                                + " CAMPANILE_DATABASE_PASSWORD is of no use without"
                                + " CAMPANILE_DATABASE_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CAMPANILE_TLS_CERTIFICATE", "CAMPANILE_TLS_KEY", "CAMPANILE_TLS_CLIENT_CA"})
    void namesTheSettingWhoseFileHoldsNoPem(String name, @TempDir Path folder) throws IOException {
        var environment = new HashMap<>(tls(folder));
        environment.put(name, Files.writeString(folder.resolve("x"), "hunter2").toString());

        assertThatThrownBy(() -> SettingsReader.read(NOTHING, environment))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessageMatching(name + " must be a file with [^;]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "ENCRYPTED"})
    void saysHowToMakeAKeyOfAnotherForm(String form, @TempDir Path folder) throws IOException {
        Map<String, String> environment = tls(folder);
        Path key = Path.of(environment.get("CAMPANILE_TLS_KEY"));
        Files.writeString(key, Files.readString(key).replace("PRIVATE", form + " PRIVATE"));

        assertThatThrownBy(() -> SettingsReader.read(NOTHING, environment))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessage(
                        "CAMPANILE_TLS_KEY must be a file with an RSA or EC private key (PEM,"
                                + " PKCS #8): the key there has another form, or a passphrase;"
                                + " convert it by 'openssl pkcs8 -topk8 -nocrypt -in KEY -out"
                                + " NEW'");
    }

    @Test
    void refusesToDeliverWhatNobodyCouldTrigger() {
        var lonely = Map.of("CAMPANILE_ROLE", "delivery");

        assertThatThrownBy(() -> SettingsReader.read(NOTHING, lonely))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessage(
                        "CAMPANILE_ROLE delivery is of no use without CAMPANILE_DATABASE_URL:"
                                + " nobody could give it a message");
    }

    @Test
    void refusesTheKeyOfAnotherCertificate(@TempDir Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>(tls(folder));
        environment.put("CAMPANILE_TLS_KEY", PemCertificate.make(folder, "other").key().toString());

        assertThatThrownBy(() -> SettingsReader.read(NOTHING, environment))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessage(
                        "CAMPANILE_TLS_KEY is not the key of the first certificate in"
                                + " CAMPANILE_TLS_CERTIFICATE");
    }

    @Test
    void readsTheFilesOfTls(@TempDir Path folder) throws IOException {
        Map<String, String> environment = tls(folder);

        assertThat(SettingsReader.read(NOTHING, environment).grpc().tls())
                .hasValueSatisfying(tls -> assertThat(tls.clientAuthorities()).isPresent());
    }

    private static Map<String, String> tls(Path folder) throws IOException {
        PemCertificate made = PemCertificate.make(folder, "server");
        return Map.of(
                "CAMPANILE_TLS_CERTIFICATE", made.file().toString(),
                "CAMPANILE_TLS_KEY", made.key().toString(),
                "CAMPANILE_TLS_CLIENT_CA", made.file().toString());
    }

    @Test
    void keepsExecutionsAtLeastAsLongAsTheirRequestIds() {
        var environment =
                Map.of("CAMPANILE_MESSAGE_RETENTION", "7d", "CAMPANILE_REQUEST_RETENTION", "8d");

        assertThatThrownBy(() -> SettingsReader.read(NOTHING, environment))
                .hasMessage(
                        "CAMPANILE_MESSAGE_RETENTION must not be shorter than"
                                + " CAMPANILE_REQUEST_RETENTION");
        assertThat(SettingsReader.read(NOTHING, Map.of("CAMPANILE_MESSAGE_RETENTION", "7d")))
                .extracting(settings -> settings.retention().messages())
                .isEqualTo(Duration.ofDays(7));
        assertThatThrownBy(() ->
                        SettingsReader.read(NOTHING, Map.of("CAMPANILE_MESSAGE_RETENTION", "6d")))
                .hasMessageStartingWith(
                        "CAMPANILE_MESSAGE_RETENTION must be a duration such as 10s from 7d ");
    }

    @Test
    void refusesUnknownNamesInTheFileToo(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("campanile.properties");
        Files.writeString(file, "GRPC_PORT=9090\n");

        assertThatThrownBy(() ->
                        SettingsReader.read(
                                Map.of("CAMPANILE_CONFIG_FILE", file.toString()), NOTHING))
                .hasMessage("GRPC_PORT (in the settings file) is not a setting");
    }

    @Test
    void refusesAFileThatNamesAnother(@TempDir Path folder) throws IOException {
        Path other = Files.createFile(folder.resolve("other"));
        Path file =
                Files.writeString(folder.resolve("file"), "CAMPANILE_CONFIG_FILE=" + other + "\n");

        assertThatThrownBy(() ->
                        SettingsReader.read(
                                Map.of("CAMPANILE_CONFIG_FILE", file.toString()), NOTHING))
                .hasMessage(
                        "CAMPANILE_CONFIG_FILE cannot be set in the settings file: no other file is"
                                + " read");
    }

    @Test
    void leavesTheNamesOfTestsAndOfOthersAlone() {
        var environment =
                Map.of("CAMPANILE_TEST_DATABASE_URL", "jdbc:postgresql:test", "HOME", "/root");

        assertThat(SettingsReader.read(NOTHING, environment))
                .isEqualTo(SettingsReader.read(NOTHING, NOTHING));
    }

    @Test
    void leavesAloneWhatKubernetesSaysOfServices() {
        var links =
                Map.of(
                        "CAMPANILE_SERVICE_HOST", "10.0.0.1",
                        "CAMPANILE_SERVICE_PORT", "9090",
                        "CAMPANILE_SERVICE_PORT_GRPC", "9090",
                        "CAMPANILE_PORT", "tcp://10.0.0.1:9090",
                        "CAMPANILE_PORT_9090_TCP", "tcp://10.0.0.1:9090",
                        "CAMPANILE_PORT_9090_TCP_ADDR", "10.0.0.1",
                        "CAMPANILE_POSTGRES_SERVICE_HOST", "10.0.0.2",
                        "CAMPANILE_POSTGRES_PORT", "tcp://10.0.0.2:5432");

        assertThat(SettingsReader.read(NOTHING, links))
                .isEqualTo(SettingsReader.read(NOTHING, NOTHING));
        // Of a service campanile-grpc: nobody can tell it from the setting.
        assertThatThrownBy(() ->
                        SettingsReader.read(
                                NOTHING, Map.of("CAMPANILE_GRPC_PORT", "tcp://10.0.0.1:9090")))
                .hasMessageStartingWith("CAMPANILE_GRPC_PORT must be ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CAMPANILE_ROLE, API",
        "CAMPANILE_GRPC_PORT, -1",
        "CAMPANILE_GRPC_PORT, nine",
        "CAMPANILE_GRPC_ADDRESS, two words",
        "CAMPANILE_TLS_CERTIFICATE, /does/not/exist",
        "CAMPANILE_DATABASE_URL, postgres://host/db",
        "CAMPANILE_DATABASE_URL, jdbc:postgresql://host/db?password=hunter2",
        "CAMPANILE_DATABASE_URL, jdbc:postgresql://app:hunter2@host/db",
        "CAMPANILE_DATABASE_URL, jdbc:postgresql://app:hunter2@host",
        "CAMPANILE_DATABASE_URL, jdbc:postgresql://host/db?ssl=true&sslpassword=hunter2",
        "CAMPANILE_DATABASE_URL, jdbc:postgresql://host/db?options=-c%20jit=on",
        "CAMPANILE_DATABASE_URL, jdbc:postgresql://host/db?socketTimeout=0",
        "CAMPANILE_DATABASE_URL, jdbc:postgresql://host/db?prepareThreshold=0",
        "CAMPANILE_DATABASE_URL, jdbc:postgresql://host/db?logServerErrorDetail=true",
        "CAMPANILE_DATABASE_CONNECTIONS, 21",
        "CAMPANILE_MIGRATE, yes",
        "CAMPANILE_OWNER_KEY, hunter2",
        "CAMPANILE_API_KEY, hunter2",
        "CAMPANILE_SECRET_KEY, a:hunter2",
        "CAMPANILE_REQUEST_RETENTION, 1d",
        "CAMPANILE_SOFT_BOUNCES, none",
        "CAMPANILE_NODE_LEASE, 77",
        "CAMPANILE_DRAIN_DEADLINE, 99d",
    })
    void refusesAValueOfAnotherFormWithoutRepeatingIt(String name, String value) {
        var problem =
                catchThrowableOfType(
                        SettingsInvalid.class,
                        () -> SettingsReader.read(NOTHING, Map.of(name, value)));

        assertThat(problem).hasMessageStartingWith(name + " must be ");
        assertThat(String.valueOf(problem.getMessage()).substring(name.length()))
                .doesNotContain(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://host:5432/campanile",
                "jdbc:postgresql://one:5432,two:5432/campanile?targetServerType=primary",
                "jdbc:postgresql://host/db?ssl=true&sslrootcert=/etc/@ca.pem",
                "jdbc:postgresql:campanile"
            })
    void takesUrlsOfDatabases(String url) {
        assertThat(SettingsReader.read(NOTHING, Map.of("CAMPANILE_DATABASE_URL", url)).database())
                .hasValueSatisfying(database -> assertThat(database.url()).isEqualTo(url));
    }

    private static Stream<String> names() {
        return Setting.ALL.stream().map(Setting::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesASettingThatIsSetToNothing(String name, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), name + "=\n");
        String problem = name + " is set but empty: give it a value or take it away";

        assertThatThrownBy(() -> SettingsReader.read(NOTHING, Map.of(name, " ")))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessage(problem);
        assertThatThrownBy(() -> SettingsReader.read(Map.of(name, ""), NOTHING))
                .hasMessage(problem);
        var environment = new HashMap<>(Map.of("CAMPANILE_CONFIG_FILE", file.toString()));
        assertThatThrownBy(() -> SettingsReader.read(NOTHING, environment))
                .hasMessageContaining(problem);
    }

    @Test
    void readsTheKeysToEncryptWith() {
        SecretKeys keys = SecretKeys.of(new Secret(KEY), KEY.replace("a:", "b:"));

        assertThat(keys.current()).isEqualTo("a");
        assertThat(keys.keys()).containsOnlyKeys("a", "b");
        assertThat(keys.toString()).doesNotContain("AAAA");
    }

    @Test
    void refusesTwoKeysOfOneName() {
        String another = KEY.replace("a:A", "a:B");
        var environment = Map.of("CAMPANILE_SECRET_KEY", KEY, "CAMPANILE_OLD_SECRET_KEYS", another);

        assertThatThrownBy(() -> SettingsReader.read(NOTHING, environment))
                .hasMessage(
                        "CAMPANILE_SECRET_KEY and CAMPANILE_OLD_SECRET_KEYS have different keys"
                                + " with the same id: give each its own");
    }

    @Test
    void offersNoFlagForASecret() {
        assertThat(Setting.ALL)
                .filteredOn(Setting::secret)
                .extracting(Setting::name)
                .containsExactly(
                        "CAMPANILE_DATABASE_PASSWORD",
                        "CAMPANILE_OWNER_KEY",
                        "CAMPANILE_API_KEY",
                        "CAMPANILE_SECRET_KEY",
                        "CAMPANILE_OLD_SECRET_KEYS");
    }
}
