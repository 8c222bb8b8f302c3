package io.campanile.domain.schema;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares attributes with a schema, those of many people one after the other.
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

    private void checkAll(String prefix, Map<?, ?> map, List<AttributeViolation> found) {
        map.forEach((key, value) -> {
            if (value != null) {
                check(prefix, String.valueOf(key), value, found);
            }
        });
    }

    private void check(String prefix, String name, Object value, List<AttributeViolation> found) {
        String path = prefix + name;
        // A name with a dot in it is no path.
        boolean isPath = !name.contains(SEPARATOR);
        boolean isParent = isPath && parents.contains(path);
        @Nullable AttributeType expected = isParent ? AttributeType.MAP : types.get(path);
        if (expected == null || !isPath) {
            if (unknownRefused) {
                found.add(new AttributeViolation(path, null, AttributeType.of(value)));
            }
        } else if (!expected.includes(value)) {
            found.add(new AttributeViolation(path, expected, AttributeType.of(value)));
        } else if (isParent && value instanceof Map<?, ?> map) {
            checkAll(path + SEPARATOR, map, found);
        }
    }
}
