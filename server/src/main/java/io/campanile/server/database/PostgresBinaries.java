package io.campanile.server.database;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// PostgreSQL's programs, unpacked from the class path into the data folder, and the way to run
/// them.
final class PostgresBinaries {
    private static final int EXECUTABLE = 0100;
    private static final String UNSHARE = "unshare";
    private static final String ROOT =
            "PostgreSQL does not run as root, and this machine does not let Campanile set root"
                    + " aside: run it as another user, or set CAMPANILE_DATABASE_URL";

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /// Puts them into a folder of `parent` named after the archive, unless an earlier start has;
    /// what other versions left there is removed. They are copied from beside the program, where
    /// packaging has unpacked them, else unpacked here, which takes seconds.
    static PostgresBinaries unpackedIn(Path parent) throws IOException {
        return unpackedIn(parent, besideProgram(inJar(archive())));
    }

    /// As [#unpackedIn(Path)].
    ///
    /// @param programs where packaging leaves a folder of the same name
    static PostgresBinaries unpackedIn(Path parent, Path programs) throws IOException {
        Path home = parent.resolve(name());
        if (!Files.exists(home)) {
            try (var leftovers = Files.list(parent)) {
                for (Path leftover : leftovers.toList()) {
                    delete(leftover);
                }
            }
            Path draft = parent.resolve("unpacking");
            Path packaged = programs.resolve(name());
            // Somebody may have copied them without their modes, or for others only.
            if (Files.isExecutable(packaged.resolve("bin").resolve("postgres"))) {
                copy(packaged, draft);
            } else {
                unpack(archive(), draft);
            }
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(home);
    }

    /// What the folder with the programs is called. The jar knows the archive's checksum already:
    /// reading 15 MB at every start would cost more than the start itself.
    static String name() throws IOException {
        return "postgres-" + Long.toHexString(inJar(archive()).getJarEntry().getCrc());
    }

    /// The major version of these programs, as `PG_VERSION` in a data directory has it.
    String majorVersion() throws IOException {
        String answer = run("postgres", List.of("--version"), "");
        return answer.replaceFirst("^.*\\) (\\d+)[\\s\\S]*$", "$1");
    }

    /// Runs a program to its end and returns what it printed; throws if it fails.
    String run(String program, List<String> arguments, String input) throws IOException {
        List<String> command = new ArrayList<>(privileges());
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        clean(builder.environment());
        Process process = start(builder);
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (waitFor(process) != 0) {
            throw failure(program, output);
        }
        return output;
    }

    /// Takes out what would change how the programs work, and what is none of their business: the
    /// settings of the node have secrets, and a server shows its environment as long as it runs.
    static void clean(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> name.startsWith("PG") || name.startsWith("CAMPANILE_"));
        environment.put("LC_ALL", "C");
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            // Not installed.
            if (builder.command().getFirst().equals(UNSHARE)) {
                throw new EmbeddedDatabaseException(ROOT, e);
            }
            throw e;
        }
    }

    /// What a program's failure comes to.
    static EmbeddedDatabaseException failure(String program, String output) {
        String problem =
                output.startsWith(UNSHARE + ": ") && !output.contains("failed to execute")
                        ? ROOT
                        : "PostgreSQL's %s failed: %s".formatted(program, complaint(output));
        return new EmbeddedDatabaseException(problem, new IOException(output.strip()));
    }

    /// The line that says what went wrong, else the last one.
    static String complaint(String output) {
        List<String> lines = output.strip().lines().toList();
        return lines.stream()
                .filter(line -> line.contains("error:") || line.contains("FATAL:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }

    // PostgreSQL refuses to run as root. In a user namespace without a mapping root is nobody to
    // the program, yet goes on owning its files, so that no other account and no chown is needed.
    private static List<String> privileges() {
        return System.getProperty("user.name").equals("root")
                ? List.of(UNSHARE, "--user")
                : List.of();
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while waiting for PostgreSQL", e);
        }
    }

    private static URL archive() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String name =
                "/postgres-%s-%s.txz"
                        .formatted(system, machine.equals("aarch64") ? "arm_64" : "x86_64");
        URL archive = PostgresBinaries.class.getResource(name);
        if (archive == null) {
            throw new EmbeddedDatabaseException(
                    "This build brings no PostgreSQL for %s %s: set CAMPANILE_DATABASE_URL"
                            .formatted(system, machine));
        }
        return archive;
    }

    private static JarURLConnection inJar(URL archive) throws IOException {
        if (archive.openConnection() instanceof JarURLConnection jar) {
            return jar;
        }
        throw new IllegalStateException(archive + " is not in a jar");
    }

    /// Where packaging leaves the programs: the archive is in a jar of the folder `lib` beside it.
    private static Path besideProgram(JarURLConnection archive) {
        Path jar = Path.of(URI.create(archive.getJarFileURL().toString()));
        return jar.resolve("../../programs").normalize();
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (InputStream bytes = new BufferedInputStream(archive.openStream());
                var tar = new TarArchiveInputStream(new XZInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(archive + " has an entry outside: " + entry.getName());
                }
                unpack(entry, tar, path);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path path)
            throws IOException {
        Files.createDirectories(entry.isDirectory() ? path : path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, path);
            permit(path, (entry.getMode() & EXECUTABLE) != 0);
        }
    }

    // Not with all attributes: what it is copied from may be read-only, and this is removed one
    // day.
    private static void copy(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path path = target.resolve(source.relativize(file));
                if (Files.isSymbolicLink(file)) {
                    Files.createSymbolicLink(path, Files.readSymbolicLink(file));
                } else if (Files.isDirectory(file)) {
                    Files.createDirectory(path);
                } else {
                    Files.copy(file, path);
                    permit(path, Files.isExecutable(file));
                }
            }
        }
    }

    /// Nothing secret, and whoever packages the program may be another than runs it.
    private static void permit(Path file, boolean executable) throws IOException {
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
