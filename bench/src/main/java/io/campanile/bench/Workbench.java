package io.campanile.bench;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import io.campanile.bench.process.Child;
import io.campanile.bench.process.ServerProcess;

import org.jspecify.annotations.Nullable;

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
    private final @Nullable Path model;
    private int servers;

    /// @param serverOptions more options for the JVM of servers
    /// @param model the data folder of which servers get copies
    Workbench(List<String> serverOptions, @Nullable Path model) {
        this.serverOptions = List.copyOf(serverOptions);
        this.model = model;
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
        Path target = folder.resolve(data);
        if (model != null && Files.notExists(target)) {
            copy(model, target);
        }
        return keep(ServerProcess.start(target, settings, serverOptions, log));
    }

    private static void copy(Path source, Path target) {
        try (var files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        target.resolve(source.relativize(file)),
                        COPY_ATTRIBUTES,
                        NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
