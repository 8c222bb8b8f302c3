package io.campanile.persistence;

import static java.util.Objects.requireNonNull;
import static java.util.regex.Matcher.quoteReplacement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Statements too long for a text block: each in a `.sql` file beside the class that runs it. Their
/// comments stand on lines of their own. They stay here, as indentation does: it would travel with
/// every call. No literal spans lines.
public final class Sql {
    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

    private Sql() {}

    /// A statement that is whole.
    ///
    /// @throws IllegalStateException when there is no such file
    public static String of(Class<?> owner, String file) {
        return of(owner, file, Map.of());
    }

    /// A statement with a part of SQL in each place that it marks as `${name}`.
    ///
    /// @throws IllegalStateException when there is no such file, or the parts are not exactly those
    ///   it has places for
    public static String of(Class<?> owner, String file, Map<String, String> parts) {
        String statement = stripped(read(owner, file));
        var places = new TreeSet<String>();
        PLACE.matcher(statement).results().forEach(place -> places.add(place.group(1)));
        if (!places.equals(parts.keySet())) {
            throw new IllegalStateException(
                    file + " has places for " + places + ", not " + new TreeSet<>(parts.keySet()));
        }
        return PLACE.matcher(statement)
                .replaceAll(place ->
                        quoteReplacement(stripped(requireNonNull(parts.get(place.group(1))))));
    }

    private static String read(Class<?> owner, String file) {
        try (InputStream resource = owner.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException(file + " is not beside " + owner.getName());
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stripped(String statement) {
        return statement
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("--"))
                .collect(Collectors.joining("\n"));
    }
}
