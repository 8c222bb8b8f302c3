package io.campanile.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A [Worker] seen from the coordinator. What it writes to stderr goes to a log file.
public final class Child implements AutoCloseable {
    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final String ready;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.outputWriter(StandardCharsets.UTF_8);
        ready = line();
    }

    /// Starts a command of this program and waits until it is ready.
    public static Child start(
            Path folder, String name, List<String> arguments, Map<String, String> environment) {
        Path log = folder.resolve(name + ".log");
        var builder = new ProcessBuilder(command(arguments)).redirectError(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Child(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.campanile.bench.Main"));
        command.addAll(arguments);
        return command;
    }

    /// What it said when it was ready.
    public <T> T ready(Class<T> type) {
        return Json.read(ready, type);
    }

    public long pid() {
        return process.pid();
    }

    /// Asks and waits for the answer. Throws [IllegalStateException] if it ends instead.
    public <T> T ask(Object question, Class<T> type) {
        try {
            questions.write(Json.write(question) + "\n");
            questions.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is gone", e);
        }
        return Json.read(line(), type);
    }

    private String line() {
        try {
            String line = answers.readLine();
            if (line == null) {
                // The log is gone with the benchmark's folder.
                throw new IllegalStateException(name + " ended:\n" + Files.readString(log));
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is gone", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
