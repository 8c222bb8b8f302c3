package io.campanile.server.testing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The real server as a child process, to be killed, frozen and started again on the same data
/// folder. It picks its port, and its settings are those given and nothing of this process's.
/// Closing it also ends the PostgreSQL that a killed one left behind.
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern LISTENING =
            Pattern.compile("^gRPC API on 127\\.0\\.0\\.1:(\\d+)", Pattern.MULTILINE);

    /// Those that nobody closed when this process is told to end: nobody else knows of them.
    private static final Set<ServerProcess> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    OPEN.forEach(server -> server.process.destroyForcibly());
                                    OPEN.forEach(ServerProcess::endPostgres);
                                },
                                "end-servers"));
    }

    private final Process process;
    private final Path folder;
    private final Path log;

    private ServerProcess(Process process, Path folder, Path log) {
        this.process = process;
        this.folder = folder;
        this.log = log;
    }

    /// Starts `serve` on the data folder and waits until it listens.
    public static ServerProcess start(Path folder, Map<String, String> settings)
            throws IOException {
        ServerProcess server = launch(folder, settings, "serve");
        try {
            server.await(LISTENING);
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
        return server;
    }

    /// Starts any command on the data folder and waits for nothing.
    public static ServerProcess launch(
            Path folder, Map<String, String> settings, String... arguments) throws IOException {
        Path log = Files.createTempFile(folder.toAbsolutePath().getParent(), "server-", ".log");
        var builder = new ProcessBuilder(command(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("CAMPANILE_"));
        builder.environment().put("CAMPANILE_DATA_DIR", folder.toString());
        builder.environment().put("CAMPANILE_GRPC_PORT", "0");
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        var server = new ServerProcess(builder.start(), folder, log);
        OPEN.add(server);
        return server;
    }

    /// The port of the API.
    public int grpcPort() throws IOException {
        return Integer.parseInt(await(LISTENING).group(1));
    }

    /// The owner key of workspace `default`, as the first start wrote it.
    public String ownerKey() throws IOException {
        return Files.readString(folder.resolve("owner.key")).strip();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Everything it has printed so far, on both streams.
    public String log() throws IOException {
        return Files.readString(log);
    }

    /// Waits until it has printed something that matches.
    public Matcher await(Pattern pattern) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            boolean ended = !process.isAlive();
            Matcher matcher = pattern.matcher(log());
            if (matcher.find()) {
                return matcher;
            }
            if (ended) {
                break;
            }
            waitFor(Duration.ofMillis(20));
        }
        throw new AssertionError("The server never printed " + pattern + ", but:\n" + log());
    }

    /// SIGKILL: nothing of it runs afterwards, but its PostgreSQL does.
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /// SIGTERM, and its exit code.
    public int terminate() {
        process.destroy();
        return exitCode();
    }

    /// SIGSTOP.
    public void freeze() throws IOException {
        signal("STOP");
    }

    /// SIGCONT.
    public void thaw() throws IOException {
        signal("CONT");
    }

    /// Waits for its end.
    public int exitCode() {
        if (!waitFor(PATIENCE)) {
            process.destroyForcibly();
            throw new AssertionError("The server did not end within " + PATIENCE);
        }
        return process.exitValue();
    }

    /// A killed server cannot stop its PostgreSQL, which would go on.
    private void endPostgres() {
        try {
            postgres().ifPresent(ProcessHandle::destroy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        Optional<ProcessHandle> postgres = postgres();
        if (postgres.isPresent()) {
            postgres.get().destroy();
            postgres.get().onExit().orTimeout(PATIENCE.toSeconds(), SECONDS).join();
        }
        OPEN.remove(this);
    }

    /// The PostgreSQL that it brought along, while that runs.
    public Optional<ProcessHandle> postgres() throws IOException {
        Path pidFile = folder.resolve("postgres").resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        return ProcessHandle.of(pid)
                .filter(handle -> handle.info().command().orElse("").endsWith("/postgres"));
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
        if (kill.onExit().orTimeout(PATIENCE.toSeconds(), SECONDS).join().exitValue() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    private boolean waitFor(Duration most) {
        try {
            return process.waitFor(most.toMillis(), MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /// What runs the packaged server, as the launcher does.
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:AOTCache=" + target().resolve("campanile-server.aot"),
                        "-Xlog:aot=off",
                        "-Xlog:cds=off",
                        "-jar",
                        target().resolve("campanile-server.jar").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /// What is packaged lies beside the classes of this test.
    private static Path target() {
        try {
            return Path.of(
                            ServerProcess.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
