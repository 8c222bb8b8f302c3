package io.campanile.application.content;

import io.campanile.application.content.port.Payload;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes the sensitive part out of a payload and puts it back. A sensitive field inside a list
/// makes the whole list sensitive.
public final class SensitiveData {
    private static final String LIST = "[]";

    private SensitiveData() {}

    /// A payload in two parts that [#join] makes whole again.
    public record Parts(Payload plain, Payload sensitive) {}

    /// Leaves the payload as it is.
    ///
    /// @param paths such as `context.order.id`
    public static Parts split(Payload payload, List<String> paths) {
        Map<String, Object> whole = roots(payload);
        Map<String, Object> plain = copy(whole);
        Map<String, Object> sensitive = new HashMap<>();
        for (String path : paths) {
            int list = path.indexOf(LIST);
            String taken = list < 0 ? path : path.substring(0, list);
            move(List.of(taken.split("\\.")), plain, sensitive);
        }
        return new Parts(payload(plain), payload(sensitive));
    }

    public static Payload join(Parts parts) {
        Map<String, Object> joined = copy(roots(parts.plain()));
        merge(joined, roots(parts.sensitive()));
        return payload(joined);
    }

    private static void move(List<String> path, Map<String, Object> from, Map<String, Object> to) {
        String name = path.getFirst();
        if (path.size() == 1) {
            if (from.containsKey(name)) {
                to.put(name, from.remove(name));
            }
            return;
        }
        Map<String, Object> inner = asObject(from.get(name));
        if (inner != null) {
            Map<String, Object> target = asObject(to.get(name));
            if (target == null) {
                target = new HashMap<>();
                to.put(name, target);
            }
            move(path.subList(1, path.size()), inner, target);
        }
    }

    private static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((name, value) -> {
            Map<String, Object> inner = asObject(value);
            Map<String, Object> target = asObject(into.get(name));
            if (inner != null && target != null) {
                merge(target, inner);
            } else {
                into.put(name, value);
            }
        });
    }

    private static Map<String, Object> roots(Payload payload) {
        return Map.of("context", payload.context(), "profile", payload.profile());
    }

    private static Payload payload(Map<String, Object> roots) {
        return new Payload(orEmpty(roots.get("context")), orEmpty(roots.get("profile")));
    }

    private static Map<String, Object> orEmpty(@Nullable Object value) {
        Map<String, Object> object = asObject(value);
        return object == null ? Map.of() : object;
    }

    /// Objects are copied all the way down, so that moving a field leaves the caller's maps alone.
    private static Map<String, Object> copy(Map<String, Object> object) {
        Map<String, Object> copy = HashMap.newHashMap(object.size());
        object.forEach((name, value) -> {
            Map<String, Object> inner = asObject(value);
            copy.put(name, inner == null ? value : copy(inner));
        });
        return copy;
    }

    /// Decoded JSON objects have string keys and nothing else.
    private static @Nullable Map<String, Object> asObject(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> object = (Map<String, Object>) map;
        return object;
    }
}
