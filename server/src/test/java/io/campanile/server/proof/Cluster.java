package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.testing.MigratedDatabase;
import io.campanile.server.testing.ServerProcess;
import io.campanile.testkit.database.PostgresServer;
import io.campanile.testkit.database.TestDatabase;
import io.campanile.testkit.smtp.ReceivedMail;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpServerOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Nodes of the real server on one database and one receiver, all of the test's own. Closing it
/// ends every process, whatever happened. Starting and ending nodes is for one thread.
final class Cluster implements AutoCloseable {
    /// How a cluster may be unlike the others.
    enum Trait {
        /// Its database is on a durable server of its own, to be broken, and no node has used it
        /// yet.
        OWN_SERVER,

        /// Its receiver keeps whole mails, and does not only count them.
        KEEPS_MAILS,

        /// A node's messages go to others as soon after its last sign of life as can be set. Others
        /// may not take a slow machine for a dead node, which doubles mails.
        SHORT_LEASE
    }

    private static final String OWNER_KEY = "cmp_proof-proof-proof-proof-proof-proof-proof-0";
    private static final String SECRET_KEY = "proof:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final @Nullable PostgresServer postgres;
    private final TestDatabase database;
    private final Rows rows;
    private final ScriptedSmtpServer receiver;
    private final Path folder;
    private final Map<String, String> settings;
    private final List<Node> live = new CopyOnWriteArrayList<>();
    private final List<ServerProcess> processes = new ArrayList<>();

    private Cluster(Set<Trait> traits) throws IOException {
        this.postgres = traits.contains(Trait.OWN_SERVER) ? PostgresServer.start() : null;
        this.database =
                postgres == null ? MigratedDatabase.TEMPLATE.copy() : postgres.createDatabase();
        this.rows = new Rows(database);
        this.receiver = ScriptedSmtpServer.start(receiving(traits));
        this.folder = Files.createTempDirectory("campanile-proof");
        this.settings = settings(database, traits);
    }

    private static SmtpServerOptions receiving(Set<Trait> traits) {
        return traits.contains(Trait.KEEPS_MAILS)
                ? SmtpServerOptions.OPEN
                : SmtpServerOptions.OPEN.countingOnly();
    }

    private static Map<String, String> settings(TestDatabase database, Set<Trait> traits) {
        var settings = new HashMap<String, String>();
        settings.put("CAMPANILE_DATABASE_URL", database.jdbcUrl());
        settings.put("CAMPANILE_DATABASE_USER", database.user());
        settings.put("CAMPANILE_DATABASE_PASSWORD", database.password());
        settings.put("CAMPANILE_OWNER_KEY", OWNER_KEY);
        settings.put("CAMPANILE_SECRET_KEY", SECRET_KEY);
        if (traits.contains(Trait.SHORT_LEASE)) {
            settings.put("CAMPANILE_NODE_LEASE", "2s");
        }
        return Map.copyOf(settings);
    }

    /// A database and a receiver; no node yet.
    static Cluster create(Trait... traits) throws IOException {
        return new Cluster(Set.of(traits));
    }

    PostgresServer postgres() {
        return Objects.requireNonNull(postgres, "only with OWN_SERVER");
    }

    TestDatabase database() {
        return database;
    }

    Rows rows() {
        return rows;
    }

    ScriptedSmtpServer receiver() {
        return receiver;
    }

    /// The nodes that take calls now.
    List<Node> live() {
        return live;
    }

    /// Starts a node on a data folder of that name, kept from node to node.
    Node start(String name) throws IOException {
        return start(name, Map.of());
    }

    Node start(String name, Map<String, String> more) throws IOException {
        return listening(launch(name, more));
    }

    /// Starts nodes of these names side by side.
    List<Node> startAll(String... names) throws IOException {
        List<Launched> launched = new ArrayList<>();
        for (String name : names) {
            launched.add(launch(name, Map.of()));
        }
        List<Node> nodes = new ArrayList<>();
        for (Launched one : launched) {
            nodes.add(listening(one));
        }
        return nodes;
    }

    /// For tests that share a cluster: waits until nothing of the former one is left, and lets the
    /// receiver forget it.
    void beginAnew() {
        receiver.behave();
        receiver.release();
        Until.holds("everything of the former test settles", rows::allSettled);
        receiver.forget();
    }

    /// The nodes of these names; those that a former test ended are started again, side by side.
    List<Node> running(String... names) throws IOException {
        var missing = new ArrayList<>(List.of(names));
        missing.removeIf(name -> live(name).isPresent());
        startAll(missing.toArray(String[]::new));
        return Stream.of(names).map(name -> live(name).orElseThrow()).toList();
    }

    private Optional<Node> live(String name) {
        return live.stream().filter(node -> node.folder().equals(dataOf(name))).findFirst();
    }

    private Path dataOf(String name) {
        return folder.resolve(name).resolve("data");
    }

    /// A process that need not listen yet.
    private record Launched(Path data, ServerProcess process) {}

    private Launched launch(String name, Map<String, String> more) throws IOException {
        var all = new HashMap<>(settings);
        all.putAll(more);
        Path data = dataOf(name);
        Files.createDirectories(data.getParent());
        ServerProcess process = ServerProcess.launch(data, all, "serve");
        processes.add(process);
        return new Launched(data, process);
    }

    private Node listening(Launched launched) throws IOException {
        Node node = Node.of(launched.data(), launched.process(), OWNER_KEY);
        live.add(node);
        return node;
    }

    /// SIGKILL; what its database sessions had begun may still be committed.
    void kill(Node node) {
        live.remove(node);
        node.process().kill();
        node.client().close();
    }

    /// SIGTERM, and the exit code.
    int terminate(Node node) {
        live.remove(node);
        int exitCode = node.process().terminate();
        node.client().close();
        return exitCode;
    }

    /// What arrived for an address; only with KEEPS_MAILS.
    List<ReceivedMail> mailsTo(String address) {
        return receiver.mails().stream()
                .filter(mail -> mail.recipients().contains(address))
                .toList();
    }

    /// How often each message arrived, by the last part of its name.
    Map<String, Integer> arrivals() {
        var arrivals = new TreeMap<String, Integer>();
        receiver.counts()
                .forEach((header, count) ->
                        arrivals.put(header.substring(1, header.indexOf('@')), count));
        return arrivals;
    }

    /// The messages that arrived more than once.
    Set<String> doubled() {
        var doubled = new TreeSet<String>();
        arrivals()
                .forEach((message, count) -> {
                    if (count > 1) {
                        doubled.add(message);
                    }
                });
        return doubled;
    }

    /// What `campanile audit` checks of the database: all is well.
    void audit() {
        assertThat(rows().audit()).isEmpty();
    }

    /// The same by the command in a process of its own.
    void auditByCommand() throws IOException {
        try (ServerProcess audit =
                ServerProcess.launch(folder.resolve("audit"), settings, "audit")) {
            assertThat(audit.exitCode()).as(audit.log()).isZero();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            live.forEach(node -> node.client().close());
            for (ServerProcess process : processes) {
                process.close();
            }
        } finally {
            receiver.close();
            rows.close();
            if (postgres == null) {
                MigratedDatabase.TEMPLATE.drop(database);
            } else {
                postgres.close();
            }
            delete();
        }
    }

    private void delete() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
