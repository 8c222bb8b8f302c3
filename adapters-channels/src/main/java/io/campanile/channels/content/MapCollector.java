package io.campanile.channels.content;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;

import io.campanile.domain.content.Reference;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Looks values up in maps and lists and nowhere else. A name from a root is found in the roots
/// only, a name of an element in that element only: JMustache's own look-up would go on to outer
/// scopes, and into objects by reflection.
final class MapCollector implements Mustache.Collector {
    private static final char OF_ROOT = '@';
    private static final char OF_ELEMENT = '~';

    /// The outermost scope; not a map, so that no element can pass for it.
    record Roots(Map<String, Object> values, Steps steps) {}

    /// An element of a list, or a value with parts: it hands the count of steps on to them.
    record Part(Object value, Steps steps) {}

    /// The name JMustache knows a reference by.
    static String key(Reference reference) {
        return switch (reference) {
            case Reference.Rooted(List<String> names) -> OF_ROOT + String.join("/", names);
            case Reference.OfElement(List<String> names) -> OF_ELEMENT + String.join("/", names);
            case Reference.InList place -> place.toString();
        };
    }

    /// The name an author knows a key by.
    static String shown(String key) {
        return key.length() == 1 ? "." : key.substring(1).replace('/', '.');
    }

    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
        return switch (value) {
            // JMustache cannot enter a scope that is null.
            case Part(List<?> list, Steps steps) ->
                    list.stream()
                            .peek(_ -> steps.take())
                            .filter(Objects::nonNull)
                            .map(element -> new Part(element, steps))
                            .iterator();
            // A single object stands for a list of one: it is the first and the last.
            case Part(Map<?, ?> _, Steps _) -> List.of(value).iterator();
            // What it takes a missing value for: an empty list of its own.
            case List<?> nothing -> nothing.iterator();
            default -> null;
        };
    }

    @Override
    public Mustache.VariableFetcher createFetcher(Object scope, String key) {
        String path = key.substring(1);
        String[] names = path.isEmpty() ? new String[0] : path.split("/", -1);
        char of = key.charAt(0);
        if (scope instanceof Roots) {
            return of == OF_ROOT
                    ? (roots, _) -> value(((Roots) roots).values(), names, ((Roots) roots).steps())
                    : (_, _) -> Template.NO_FETCHER_FOUND;
        }
        if (of != OF_ELEMENT) {
            return (_, _) -> Template.NO_FETCHER_FOUND;
        }
        return (element, _) ->
                element instanceof Part part ? ofPart(part, names) : ofSingle(element, names);
    }

    private static @Nullable Object ofPart(Part part, String[] names) {
        return part.value() instanceof Map
                ? value(part.value(), names, part.steps())
                : ofSingle(whole(part.value(), part.steps()), names);
    }

    /// A single value that only served as a condition is no scope: the element is further out.
    private static @Nullable Object ofSingle(@Nullable Object value, String[] names) {
        return names.length == 0 ? value : Template.NO_FETCHER_FOUND;
    }

    private static @Nullable Object value(Object from, String[] names, Steps steps) {
        steps.take();
        Object value = from;
        for (String name : names) {
            value = value instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return whole(value, steps);
    }

    private static @Nullable Object whole(@Nullable Object value, Steps steps) {
        return value instanceof Map || value instanceof List ? new Part(value, steps) : value;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
        return new ConcurrentHashMap<>();
    }
}
