package io.campanile.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.settings.Setting;
import io.campanile.server.testing.ServerProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Types what a page says, in a folder whose launcher builds nothing.
final class Shell {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final Map<String, String> settings;

    /// @param settings of every command, and nothing of this process's
    Shell(Path folder, Map<String, String> settings) throws IOException {
        this(folder, settings, launcher());
    }

    private Shell(Path folder, Map<String, String> settings, String launcher) throws IOException {
        this.folder = folder;
        this.settings = settings;
        Path file = folder.resolve("campanile");
        Files.writeString(file, launcher);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String launcher() {
        return "#!/bin/sh\nexec '" + String.join("' '", ServerProcess.command()) + "' \"$@\"\n";
    }

    /// One whose commands run in this process.
    static Shell of(Path folder, CommandPort commands) throws IOException {
        return new Shell(folder, Map.of(), commands.launcher());
    }

    /// The commands of a server with its data in the folder.
    static Shell of(Path folder, Path data, int port) throws IOException {
        return new Shell(
                folder,
                Map.of(
                        "CAMPANILE_DATA_DIR",
                        data.toString(),
                        "CAMPANILE_GRPC_PORT",
                        Integer.toString(port)));
    }

    /// What a script says that must succeed.
    String run(String script) throws IOException, InterruptedException {
        return run(script, true);
    }

    /// What a script says that must fail.
    String fail(String script) throws IOException, InterruptedException {
        return run(script, false);
    }

    private String run(String script, boolean succeeds) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
        builder.directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith(Setting.PREFIX));
        builder.environment().putAll(settings);
        Process shell = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        boolean ended = shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        shell.destroyForcibly();
        String output = Files.readString(said);
        assertThat(ended).as(output).isTrue();
        assertThat(shell.exitValue() == 0).as(output).isEqualTo(succeeds);
        return output;
    }
}
