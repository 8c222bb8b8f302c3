package io.campanile.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The real server with its own durable database, started from its jar as `./campanile serve` does.
public final class ServerProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;
    private static final Pattern LISTENING = Pattern.compile("gRPC API on (127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Path data;
    private final Path log;

    private ServerProcess(Process process, Path data, Path log) {
        this.process = process;
        this.data = data;
        this.log = log;
    }

    /// Starts it on a data folder and waits until it listens.
    ///
    /// @param jvm more options for its JVM, such as those of a profiler
    public static ServerProcess start(
            Path data, Map<String, String> settings, List<String> jvm, Path log) {
        var builder = new ProcessBuilder(command(jvm));
        builder.environment().keySet().removeIf(name -> name.startsWith("CAMPANILE_"));
        builder.environment().put("CAMPANILE_DATA_DIR", data.toString());
        builder.environment().put("CAMPANILE_GRPC_PORT", "0");
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            var server = new ServerProcess(builder.start(), data, log);
            server.address();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(List<String> jvm) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseParallelGC",
                        "-XX:MaxRAMPercentage=50",
                        "-XX:MaxDirectMemorySize=256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dio.grpc.netty.shaded.io.netty.leakDetection.level=disabled",
                        "-XX:AOTCache=" + jar().resolveSibling("campanile-server.aot"),
                        "-Xlog:aot=off",
                        "-Xlog:cds=off"));
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar().toString(), "serve"));
        return command;
    }

    // This code lies in bench/target, in a jar or in a folder.
    private static Path jar() {
        try {
            Path here =
                    Path.of(
                            ServerProcess.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            Path home = here.resolve("../../..").normalize();
            Path jar = home.resolve("server/target/campanile-server.jar");
            if (!Files.exists(jar)) {
                throw new IllegalStateException(jar + " is missing: build the server first");
            }
            return jar;
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Where the API listens, `127.0.0.1:port`.
    public String address() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (System.nanoTime() < deadline) {
                boolean ended = !process.isAlive();
                Matcher matcher = LISTENING.matcher(Files.readString(log));
                if (matcher.find()) {
                    return matcher.group(1);
                }
                if (ended || process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            close();
            throw new IllegalStateException("The server did not start:\n" + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /// The owner key of workspace `default`.
    public String ownerKey() {
        return firstLine(data.resolve("owner.key"));
    }

    public long pid() {
        return process.pid();
    }

    /// The process id of its PostgreSQL.
    public long postgresPid() {
        return Long.parseLong(firstLine(data.resolve("postgres/postmaster.pid")));
    }

    /// How to connect to its PostgreSQL; the user is `campanile`.
    public String jdbcUrl() {
        try {
            String port =
                    Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
            return "jdbc:postgresql://127.0.0.1:" + port + "/campanile";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String databasePassword() {
        return firstLine(data.resolve("postgres-password"));
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).getFirst().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it in good order, its database with it.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                ProcessHandle.of(postgresPid()).ifPresent(ProcessHandle::destroy);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
