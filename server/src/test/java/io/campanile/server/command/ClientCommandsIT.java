package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.Secret;
import io.campanile.server.call.ApiClient;
import io.campanile.server.node.Node;
import io.campanile.server.node.ServerVersion;
import io.campanile.server.settings.SettingsReader;
import io.campanile.server.testing.MigratedDatabase;
import io.campanile.server.testing.NodeSettings;
import io.campanile.server.testing.PemCertificate;
import io.campanile.testkit.database.PostgresExtension;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.Category;
import io.campanile.v1.CreateCampaignRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Calls of a node that is protected by TLS, and of one that wants certificates from clients too.
class ClientCommandsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(MigratedDatabase.TEMPLATE);

    @TempDir private static Path folder;
    private static PemCertificate server;
    private static PemCertificate client;
    private static Node tls;
    private static Node mutual;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startTheNodes() throws IOException {
        server = PemCertificate.make(folder, "server");
        client = PemCertificate.make(folder, "client");
        var protectedPort =
                Map.of(
                        "CAMPANILE_TLS_CERTIFICATE", server.file().toString(),
                        "CAMPANILE_TLS_KEY", server.key().toString());
        tls = start(protectedPort);
        var clients = new HashMap<>(protectedPort);
        clients.put("CAMPANILE_TLS_CLIENT_CA", client.file().toString());
        mutual = start(clients);
    }

    @AfterAll
    static void stop() {
        tls.close();
        mutual.close();
    }

    private static Node start(Map<String, String> more) throws IOException {
        var settings = NodeSettings.of(POSTGRES.database(), data(), more);
        return Node.start(SettingsReader.read(Map.of(), settings));
    }

    @Test
    void callsOverTlsWhoeverTrustsTheCertificate() {
        assertThat(status(tls, "--tls-ca=" + server.file())).isZero();
        assertThat(out.toString().lines())
                .startsWith("Campanile " + ServerVersion.text(), "Campaigns")
                .contains(
                        "  TRANSACTIONAL  open 0, due 0, oldest waiting none",
                        "Settled of what was accepted in the last 300s");

        assertThat(status(tls, "--tls-ca=" + client.file())).isEqualTo(1);
        assertThat(status(tls)).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("UNAV"));
    }

    @Test
    void letsOnlyClientsInThatShowACertificateOfTheAuthority() {
        String trust = "--tls-ca=" + server.file();

        assertThat(status(mutual, trust)).isEqualTo(1);
        assertThat(
                        status(
                                mutual,
                                trust,
                                "--tls-certificate=" + server.file(),
                                "--tls-key=" + server.key()))
                .isEqualTo(1);
        assertThat(
                        status(
                                mutual,
                                trust,
                                "--tls-certificate=" + client.file(),
                                "--tls-key=" + client.key()))
                .isZero();
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("UNAV"));
    }

    @Test
    void saysWhichOptionsOfTlsDoNotFit() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "no certificate");

        assertThat(status(tls, "--tls-ca=" + nonsense)).isEqualTo(2);
        assertThat(status(tls, "--tls-certificate=" + client.file())).isEqualTo(2);
        assertThat(status(tls, "--tls-certificate=" + client.file(), "--tls-key=" + client.key()))
                .isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "--tls-ca, --tls-certificate and --tls-key must be PEM files of"
                                + " certificates and of a key that go together",
                        "--tls-certificate and --tls-key need each other",
                        "--tls-certificate is of no use without --tls or --tls-ca");
    }

    @Test
    void listsEveryCampaignHoweverManyThereAre() throws IOException {
        createCampaigns(101);

        assertThat(status(tls, "--tls-ca=" + server.file())).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("/campaigns/")))
                .hasSize(101);
    }

    @Test
    void importsAndExportsTheSuppressionList() throws IOException {
        Path in =
                Files.writeString(
                        folder.resolve("in.csv"),
                        "target,note\r\nAda@example.com,\"by phone,\r\nin May\"\r\nnobody@\r\n");
        Path exported = folder.resolve("out.csv");
        String trust = "--tls-ca=" + server.file();

        List<String> imports = List.of("suppressions", "import", in.toString());
        assertThat(execute(tls, imports, trust)).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        "line 2: added",
                        "line 4: refused: has 1 fields where the headings are 2",
                        "1 added, 0 kept, 1 refused");
        assertThat(execute(tls, List.of("suppressions", "export", exported.toString()), trust))
                .isZero();
        assertThat(Files.readString(exported))
                .startsWith("target,reason,note,create_time,expire_time\r\n")
                .contains("ada@example.com,MANUAL,\"by phone,\r\nin May\",");

        out.getBuffer().setLength(0);
        List<String> again = List.of("suppressions", "import", exported.toString());
        assertThat(execute(tls, again, trust)).isZero();
        assertThat(out.toString().lines()).last().isEqualTo("0 added, 1 kept, 0 refused");
        assertThat(execute(tls, List.of("suppressions", "import", "nowhere.csv"), trust))
                .isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("nowhere.csv cannot be read");
    }

    @Test
    void leavesAnExportAsItWasWhenTheNextOneFails() throws IOException {
        Path exported = Files.writeString(folder.resolve("kept.csv"), "target\r\n");
        List<String> export = List.of("suppressions", "export", exported.toString());

        assertThat(execute(tls, export)).isEqualTo(1);
        assertThat(exported).hasContent("target\r\n");
        assertThat(folder.resolve("kept.csv.new")).doesNotExist();

        assertThat(execute(tls, export, "--tls-ca=" + server.file())).isZero();
        assertThat(exported).content().startsWith("target,reason,");
        assertThat(Files.getPosixFilePermissions(exported))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void importsAndExportsTheAllowedList() throws IOException {
        Path in =
                Files.writeString(
                        folder.resolve("allowed.csv"),
                        "target,expire_time\r\nExample.org,2090-01-31T12:00:00Z\r\nnobody@,\r\n");
        Path exported = folder.resolve("allowed-out.csv");
        String trust = "--tls-ca=" + server.file();

        assertThat(execute(tls, List.of("allowed", "import", in.toString()), trust)).isEqualTo(1);
        assertThat(out.toString().lines())
                .contains("line 2: added")
                .endsWith("1 added, 0 kept, 1 refused");
        assertThat(execute(tls, List.of("allowed", "export", exported.toString()), trust)).isZero();
        assertThat(Files.readString(exported))
                .startsWith("target,note,create_time,expire_time\r\nexample.org,,")
                .endsWith(",2090-01-31T12:00:00Z\r\n");
    }

    @Test
    void showsTheGeneratedKeysToTheOwnerOnly() throws IOException {
        for (String key : List.of("owner.key", "secret.key")) {
            assertThat(Files.getPosixFilePermissions(data().resolve(key)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /// On one connection: a command for each would take seconds.
    private static void createCampaigns(int many) throws IOException {
        String address = "127.0.0.1:" + tls.grpcPort().orElseThrow();
        var trust = new ApiClient.Tls(Optional.of(server.file()), Optional.empty());
        var key = new Secret(Files.readString(data().resolve("owner.key")).strip());
        try (var api = ApiClient.tls(address, trust, Optional.of(key))) {
            var campaigns = CampaignServiceGrpc.newBlockingStub(api.channel());
            for (int number = 1; number <= many; number++) {
                campaigns.createCampaign(campaign(number));
            }
        }
    }

    private static CreateCampaignRequest campaign(int number) {
        return CreateCampaignRequest.newBuilder()
                .setParent("workspaces/default")
                .setCampaignId("campaign-" + number)
                .setCampaign(
                        Campaign.newBuilder()
                                .setDraft(
                                        CampaignDefinition.newBuilder()
                                                .setDisplayName("One")
                                                .setCategory(Category.CATEGORY_TRANSACTIONAL)))
                .build();
    }

    private int status(Node node, String... options) {
        return execute(node, List.of("status"), options);
    }

    private int execute(Node node, List<String> command, String... options) {
        var arguments = new ArrayList<>(command);
        arguments.add("--server=127.0.0.1:" + node.grpcPort().orElseThrow());
        arguments.add("--key-file=" + data().resolve("owner.key"));
        arguments.addAll(List.of(options));
        return Campanile.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private static Path data() {
        return folder.resolve("data");
    }
}
