package io.campanile.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whoever sets what they have read somewhere must not be told that it is no setting.
class SettingNamesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("\\bCAMPANILE_(?!TEST_)[A-Z_]*[A-Z]\\b");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs",
                "examples/java/src",
                "examples/node/trigger.js",
                "adapters-grpc/src/main",
                "adapters-persistence/src/main",
                "bench/src/main",
                "server/src/main"
            })
    void areTheOnlyOnesThatAreToldOfAnywhere(String place) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(place))) {
            Stream<String> names =
                    files.filter(Files::isRegularFile).flatMap(SettingNamesTest::names).distinct();

            assertThat(Setting.ALL.stream().map(Setting::name)).containsAll(names.toList());
        }
    }

    private static Stream<String> names(Path file) {
        try {
            return NAME.matcher(Files.readString(file)).results().map(MatchResult::group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
