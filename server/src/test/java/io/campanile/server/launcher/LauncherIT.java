package io.campanile.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Runs a copy of the launcher in a tree of its own, with a build tool that only leaves a trace.
class LauncherIT {
    private static final List<String> TOOLS =
            List.of(
                    "bash",
                    "dirname",
                    "readlink",
                    "sed",
                    "grep",
                    "find",
                    "head",
                    "tail",
                    "mkdir",
                    "touch",
                    "mv",
                    "cp",
                    "rm",
                    "flock",
                    "locale");

    @TempDir Path temporary;
    private Path home;
    private Path tools;

    private final Map<String, String> environment = new HashMap<>();

    private record Run(int exitCode, String out, String err) {}

    @BeforeEach
    void copyTheLauncher() throws IOException {
        home = Files.createDirectories(temporary.resolve("a path with blanks"));
        Files.copy(repository().resolve("campanile"), home.resolve("campanile"));
        executable(home.resolve("campanile"));
        Files.createDirectories(home.resolve("server/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        tools = Files.createDirectories(temporary.resolve("tools"));
        for (String tool : TOOLS) {
            Files.writeString(
                    tools.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(which(tool)));
            executable(tools.resolve(tool));
        }
    }

    @Test
    void buildsWhatWasNeverBuiltAndRunsItOnJava25() throws Exception {
        buildToolThat("cp '%s' '%s'".formatted(builtJar(), jar()));

        Run run = launch("call", "a b", "");

        assertThat(run.out()).isEqualTo("java 25 call|a b|\n");
        assertThat(run.err()).startsWith("Building Campanile").hasLineCount(1);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void buildsNothingThatHasNotChanged() throws Exception {
        Files.move(builtJar(), jar());
        age(home.resolve("pom.xml"), home.resolve("server/src/main"));

        assertThat(launch("status")).isEqualTo(new Run(0, "java 25 status\n", ""));
    }

    @Test
    void buildsAgainWhatHasChanged() throws Exception {
        Files.move(builtJar(), jar());
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().minusSeconds(60)));
        buildToolThat("cp '%s' '%s'".formatted(builtJar(), jar()));

        assertThat(launch("status").err()).startsWith("Building Campanile");
        assertThat(launch("status").err()).isEmpty();
    }

    @Test
    void buildsAgainWhatChangedDuringABuild() throws Exception {
        buildToolThat(
                "touch '%s'; cp '%s' '%s'".formatted(home.resolve("pom.xml"), builtJar(), jar()));

        assertThat(launch("status").err()).startsWith("Building Campanile");
        assertThat(launch("status").err()).startsWith("Building Campanile");
    }

    @Test
    void buildsAgainAfterAnInterruptedBuild() throws Exception {
        String copy = "cp '%s' '%s'".formatted(builtJar(), jar());
        buildToolThat(copy + "; kill $PPID");
        launch("status");
        buildToolThat(copy);

        assertThat(launch("status").err()).startsWith("Building Campanile");
        assertThat(launch("status").err()).isEmpty();
    }

    @Test
    void leavesWhatARunningNodeHasOpen() throws Exception {
        Files.move(builtJar(), jar());
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().minusSeconds(60)));
        byte[] former = Files.readAllBytes(jar());
        buildToolThat("echo changed >'%s'".formatted(jar()));
        try (InputStream open = Files.newInputStream(jar())) {
            launch("status");

            assertThat(open.readAllBytes()).isEqualTo(former);
        }
    }

    @Test
    void waitsForABuildThatIsGoingOn() throws Exception {
        Path pom = home.resolve("pom.xml");
        Process other = new ProcessBuilder("flock", pom.toString(), "cat").start();
        Process launcher;
        BufferedReader err;
        try (BufferedWriter toOther = other.outputWriter()) {
            toOther.write("answered by whoever has the lock\n");
            toOther.flush();
            assertThat(other.inputReader().readLine()).isNotNull();
            launcher =
                    builder(List.of(home.resolve("campanile").toString(), "status"), javaHome())
                            .start();
            err = launcher.errorReader();
            assertThat(err.readLine()).contains("waiting");
            Files.move(builtJar(), jar());
        }

        assertThat(err.readLine()).as("nothing is built").isNull();
        assertThat(launcher.waitFor()).isZero();
    }

    @Test
    void showsWhyABuildFailed() throws Exception {
        buildToolThat("echo '[ERROR] a bracket is missing'; exit 1");

        Run run = launch("status");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("[ERROR] a bracket is missing").contains("The build failed");
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        Run run = launch("status");

        assertThat(run)
                .isEqualTo(
                        new Run(
                                1,
                                "",
                                "Campanile has to be built first, and Maven is not installed:"
                                        + " install Maven 3.8.6 or newer.\n"));
    }

    @Test
    void canBeCalledThroughALink() throws Exception {
        Files.move(builtJar(), jar());
        age(home.resolve("pom.xml"), home.resolve("server/src/main"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), home.resolve("campanile"));

        assertThat(run(List.of(link.toString(), "status")).out()).isEqualTo("java 25 status\n");
    }

    @Test
    void canBeCalledWhereOtherFoldersAreLookedThrough() throws Exception {
        Files.move(builtJar(), jar());
        age(home.resolve("pom.xml"), home.resolve("server/src/main"));
        environment.put("CDPATH", temporary.toString());

        // A relative path, as `cd` looks through others for these only.
        assertThat(run(List.of("bash", home.getFileName() + "/campanile", "status")))
                .isEqualTo(new Run(0, "java 25 status\n", ""));
    }

    @Test
    void keepsWhatIsNotAsciiWhateverTheLocale() throws Exception {
        Files.move(builtJar(), jar());
        age(home.resolve("pom.xml"), home.resolve("server/src/main"));
        environment.put("LC_ALL", "C");
        // Written by bash, as the locale of this process may be any.
        Path script = temporary.resolve("script");
        Files.writeString(
                script,
                "exec '%s' call 'Zo\u00eb' '\u2013'\n".formatted(home.resolve("campanile")));

        assertThat(run(List.of("bash", script.toString())).out())
                .isEqualTo("java 25 call|Zo\u00eb|\u2013\n");
    }

    @Test
    void runsTheBenchmarksFromTheirOwnJar() throws Exception {
        Files.createDirectories(home.resolve("bench/target"));
        Files.move(builtJar(), home.resolve("bench/target/campanile-bench.jar"));
        age(home.resolve("pom.xml"), home.resolve("server/src/main"));

        assertThat(launch("bench", "accept", "--quick"))
                .isEqualTo(new Run(0, "java 25 accept|--quick\n", ""));
    }

    @Test
    void saysThatAJdkIsMissing() throws Exception {
        // The places where a JDK may be, moved to where none is.
        Path launcher = home.resolve("campanile");
        String nowhere = temporary.resolve("nowhere") + "/";
        Files.writeString(
                launcher,
                Files.readString(launcher).replaceAll("(?<=[ (])/(?=usr/|opt/|Library/)", nowhere));

        assertThat(run(List.of(launcher.toString(), "status"), temporary))
                .isEqualTo(
                        new Run(
                                1,
                                "",
                                "Campanile needs a JDK 25 and found none: install one, or set"
                                        + " JAVA_HOME (or JAVA25_HOME) to its folder.\n"));
    }

    private Run launch(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(home.resolve("campanile").toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Run run(List<String> command) throws Exception {
        return run(command, javaHome());
    }

    private static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    private Run run(List<String> command, Path javaHome) throws Exception {
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        int exitCode =
                builder(command, javaHome)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start()
                        .waitFor();
        return new Run(exitCode, Files.readString(out), Files.readString(err));
    }

    private ProcessBuilder builder(List<String> command, Path javaHome) {
        var builder = new ProcessBuilder(command).directory(temporary.toFile());
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("HOME", temporary.toString());
        builder.environment().putAll(environment);
        builder.environment().remove("JAVA25_HOME");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder;
    }

    private void buildToolThat(String does) throws IOException {
        Path maven = tools.resolve("mvn");
        Files.writeString(maven, "#!/usr/bin/env bash\n" + does + "\n");
        executable(maven);
    }

    private Path jar() {
        return home.resolve("server/target/campanile-server.jar");
    }

    private Path builtJar() throws IOException {
        Files.createDirectories(jar().getParent());
        Path built = temporary.resolve("built.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, EchoArguments.class.getName());
        String entry = EchoArguments.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(built), manifest);
                InputStream code = EchoArguments.class.getResourceAsStream("/" + entry)) {
            assertThat(code).isNotNull();
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
        }
        return built;
    }

    private static void age(Path... files) throws IOException {
        for (Path file : files) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path which(String tool) throws IOException {
        var process = new ProcessBuilder("bash", "-c", "command -v " + tool).start();
        return Path.of(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
    }

    private static Path repository() {
        Path module = Path.of("").toAbsolutePath();
        return module.endsWith("server") ? module.resolveSibling(".").normalize() : module;
    }
}
