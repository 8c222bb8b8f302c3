package io.campanile.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// ARCHITECTURE.md names every table, every driven port, and tests and decisions that exist.
class ArchitecturePageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TABLE = Pattern.compile("(?m)^CREATE TABLE (\\w+)");
    private static final Pattern PORT = Pattern.compile("(?m)^public interface (\\w+)");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final Pattern LINK = Pattern.compile("]\\((docs/[^)#]+)");

    @Test
    void namesEveryTable() throws IOException {
        assertThat(names(section("## Tables"), NAME))
                .containsAll(declared("adapters-persistence/src/main/resources", "\\.sql", TABLE));
    }

    @Test
    void namesEveryDrivenPort() throws IOException {
        assertThat(names(section("## Where to look"), NAME))
                .containsAll(declared("application/src/main/java", "/port/\\w+\\.java", PORT));
    }

    @Test
    void namesTestsThatExist() throws IOException {
        Set<String> tests =
                section("## When something breaks")
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .flatMap(row -> names(lastCell(row), NAME).stream())
                        .collect(Collectors.toSet());

        assertThat(tests).isNotEmpty().isSubsetOf(sources());
    }

    @Test
    void linksToPagesThatExist() throws IOException {
        assertThat(names(page(), LINK))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    private static Set<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("ARCHITECTURE.md"));
    }

    private static String section(String heading) throws IOException {
        String page = page();
        int begin = page.indexOf(heading + "\n");
        assertThat(begin).as(heading).isNotNegative();
        int end = page.indexOf("\n## ", begin + 1);
        return page.substring(begin, end < 0 ? page.length() : end);
    }

    private static Set<String> declared(String folder, String file, Pattern declaration)
            throws IOException {
        Predicate<String> wanted = Pattern.compile(file + "$").asPredicate();
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            for (Path each : files.filter(path -> wanted.test(path.toString())).toList()) {
                found.addAll(names(Files.readString(each), declaration));
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    private static String lastCell(String row) {
        String cells = row.substring(0, row.lastIndexOf('|'));
        return cells.substring(cells.lastIndexOf('|'));
    }

    private static Set<String> names(String text, Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
