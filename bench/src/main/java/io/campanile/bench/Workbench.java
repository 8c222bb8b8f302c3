package io.campanile.bench;

import io.campanile.bench.process.Child;
import io.campanile.bench.process.ServerProcess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// A temporary folder and the processes of one benchmark. All end with it, also when the
/// coordinator is interrupted.
final class Workbench implements AutoCloseable {
    private final Deque<AutoCloseable> processes = new ArrayDeque<>();
    private final Thread atExit = Thread.ofPlatform().unstarted(this::end);
    private final Path folder;
    private final List<String> serverOptions;
    private int servers;

    /// @param serverOptions more options for the JVM of servers
    Workbench(List<String> serverOptions) {
        this.serverOptions = List.copyOf(serverOptions);
        try {
            folder = Files.createTempDirectory("campanile-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path folder() {
        return folder;
    }

    /// Starts a server on a data folder of that name.
    ServerProcess server(String data, Map<String, String> settings) {
        Path log = folder.resolve("server-" + ++servers + ".log");
        return keep(ServerProcess.start(folder.resolve(data), settings, serverOptions, log));
    }

    Child child(String name, List<String> arguments, Map<String, String> environment) {
        return keep(Child.start(folder, name, arguments, environment));
    }

    /// Ends a process before the others.
    void end(AutoCloseable process) {
        synchronized (processes) {
            processes.remove(process);
        }
        close(process);
    }

    private <T extends AutoCloseable> T keep(T process) {
        synchronized (processes) {
            processes.push(process);
        }
        return process;
    }

    private void end() {
        synchronized (processes) {
            processes.forEach(Workbench::close);
            processes.clear();
        }
        delete();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private static void close(AutoCloseable process) {
        try {
            process.close();
        } catch (Exception e) {
            throw new IllegalStateException("A process did not end", e);
        }
    }

    private void delete() {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("Could not delete " + folder + ": " + e);
        }
    }
}
