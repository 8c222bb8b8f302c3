package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Statements of more than 25 lines are in `.sql` files, where each comment stands at its clause.
class StatementLengthTest {
    private static final int LONGEST = 25;
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path RESOURCES = Path.of("src/main/resources/io/campanile/persistence");
    private static final Pattern BLOCK = Pattern.compile("\"\"\"\\n(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern JOINED =
            Pattern.compile("\\s*(\\.formatted\\([^;]*\\))?\\s*\\+[^;]*\\+\\s*");
    private static final Pattern COMMENT_AFTER_CODE = Pattern.compile("(?m)^ *[^ -].*--.*$");

    @Test
    void noStatementInAClassIsLonger() throws IOException {
        assertThat(files(SOURCES, ".java"))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(lengths(Files.readString(file)))
                                .allMatch(length -> length <= LONGEST));
    }

    @Test
    void commentsInFilesHaveLinesOfTheirOwn() throws IOException {
        assertThat(files(RESOURCES, ".sql"))
                .filteredOn(file -> !file.startsWith(RESOURCES.resolve("changes")))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(Files.readString(file))
                                .doesNotContain("/*")
                                .doesNotContainPattern(COMMENT_AFTER_CODE));
    }

    /// Of each text block, with those that it is joined to before it.
    private static List<Integer> lengths(String source) {
        List<Integer> lengths = new ArrayList<>();
        int length = 0;
        int end = 0;
        for (MatchResult block : BLOCK.matcher(source).results().toList()) {
            boolean goesOn = JOINED.matcher(source.substring(end, block.start())).matches();
            length = lines(block) + (goesOn ? length : 0);
            lengths.add(length);
            end = block.end();
        }
        return lengths;
    }

    private static int lines(MatchResult block) {
        return (int) block.group(1).stripTrailing().lines().count();
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
