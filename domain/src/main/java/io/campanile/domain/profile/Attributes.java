package io.campanile.domain.profile;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is known of a person by name, such as `firstName`. Values are strings, numbers, booleans,
/// lists and maps with string keys. Prints itself without them.
public record Attributes(Map<String, Object> values) {
    public static final Attributes NONE = new Attributes(Map.of());

    /// The most that is kept of one person, counted as [#size] does.
    public static final int LARGEST = 64 * 1024;

    private static final int SIZE_OF_SCALAR = 8;
    private static final Object NULL = new Object();

    public Attributes {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Those values, of which mostly there are none.
    public static Attributes of(Map<String, Object> values) {
        return values.isEmpty() ? NONE : new Attributes(values);
    }

    /// These with others laid over them by name: a value replaces the one of the same name, and
    /// null removes it.
    public Attributes overlaid(Map<String, Object> others) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.putAll(others);
        all.values().removeIf(value -> value == null);
        return new Attributes(all);
    }

    /// Whether the first name of a path is among these, be it with null: what they are laid over
    /// does not show there then.
    public boolean cover(String path) {
        int dot = path.indexOf('.');
        return values.containsKey(dot < 0 ? path : path.substring(0, dot));
    }

    /// The value at a path, names with dots between them; nothing where there is none.
    public Optional<Object> at(String path) {
        @Nullable Object value = values;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return Optional.ofNullable(value);
    }

    public boolean isTooLarge() {
        return size(values) > LARGEST;
    }

    /// Names and texts by their UTF-8 bytes, every other value as 8.
    private static int size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.getBytes(StandardCharsets.UTF_8).length;
            case Map<?, ?> map -> size(map.keySet()) + size(map.values());
            case Collection<?> all -> all.stream().mapToInt(Attributes::size).sum();
            case null, default -> SIZE_OF_SCALAR;
        };
    }

    /// By value: a number that was stored comes back as another type than it was sent as.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes(var others)
                && (values.equals(others) || comparable(values).equals(comparable(others)));
    }

    @Override
    public int hashCode() {
        return comparable(values).hashCode();
    }

    private static Object comparable(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<Object, Object> all = HashMap.newHashMap(map.size());
                map.forEach((name, each) -> all.put(name, each == null ? NULL : comparable(each)));
                yield all;
            }
            case Collection<?> list ->
                    list.stream().map(each -> each == null ? NULL : comparable(each)).toList();
            case Double number when !Double.isFinite(number) -> number;
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            default -> value;
        };
    }

    @Override
    public String toString() {
        return "Attributes[redacted]";
    }
}
