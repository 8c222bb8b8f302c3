package io.campanile.domain.schema;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares attributes with a schema, those of many people one after the other. Thread-safe.
public final class AttributeCheck {
    private static final String SEPARATOR = ".";

    private final Map<String, AttributeType> types = new HashMap<>();
    private final Set<String> parents = new HashSet<>();
    private final boolean unknownRefused;

    public AttributeCheck(AttributeSchema schema) {
        unknownRefused = schema.unknownRefused();
        for (AttributeDefinition definition : schema.definitions()) {
            String path = definition.path();
            types.put(path, definition.type());
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                parents.add(path.substring(0, dot));
            }
        }
    }

    /// What is not as it must be, in the order of the attributes.
    public List<AttributeViolation> violations(Map<String, Object> attributes) {
        List<AttributeViolation> found = new ArrayList<>();
        if (unknownRefused || !types.isEmpty()) {
            checkAll("", attributes, found);
        }
        return found;
    }

    /// What is expected of the attribute under a path of names.
    ///
    /// @param path at least one name; one with a dot in it is never defined
    public AttributeExpectation expectation(List<String> path) {
        String prefix = "";
        for (int i = 0; i < path.size(); i++) {
            String at = prefix + path.get(i);
            AttributeType type = typeOf(prefix, path.get(i));
            boolean isLast = i == path.size() - 1;
            if (type == null) {
                return unknownRefused
                        ? new AttributeExpectation.Unknown()
                        : new AttributeExpectation.Anything();
            }
            if (isLast) {
                return new AttributeExpectation.OfType(type);
            }
            if (type != AttributeType.MAP) {
                return new AttributeExpectation.BelowNoMap(path.subList(0, i + 1), type);
            }
            if (!parents.contains(at)) {
                return new AttributeExpectation.Anything();
            }
            prefix = at + SEPARATOR;
        }
        throw new IllegalArgumentException("a path without a name");
    }

    /// What the attribute must be; absent when it is not defined.
    private @Nullable AttributeType typeOf(String prefix, String name) {
        if (name.contains(SEPARATOR)) {
            // A name with a dot in it is no path.
            return null;
        }
        String path = prefix + name;
        return parents.contains(path) ? AttributeType.MAP : types.get(path);
    }

    private void checkAll(String prefix, Map<?, ?> map, List<AttributeViolation> found) {
        map.forEach((key, value) -> {
            if (value != null) {
                check(prefix, String.valueOf(key), value, found);
            }
        });
    }

    private void check(String prefix, String name, Object value, List<AttributeViolation> found) {
        String path = prefix + name;
        AttributeType expected = typeOf(prefix, name);
        if (expected == null) {
            if (unknownRefused) {
                found.add(new AttributeViolation(path, null, AttributeType.of(value)));
            }
        } else if (!expected.includes(value)) {
            found.add(new AttributeViolation(path, expected, AttributeType.of(value)));
        } else if (parents.contains(path) && value instanceof Map<?, ?> map) {
            checkAll(path + SEPARATOR, map, found);
        }
    }
}
