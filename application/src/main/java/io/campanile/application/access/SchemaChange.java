package io.campanile.application.access;

import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What somebody changed of a schema of attributes, in words for the audit trail.
final class SchemaChange {
    /// How many attributes are named for each kind of change; a schema may have 200.
    private static final int MOST_NAMED = 10;

    private SchemaChange() {}

    static String text(AttributeSchema before, AttributeSchema after) {
        Map<String, AttributeType> former = types(before);
        Map<String, AttributeType> present = types(after);
        List<String> parts = new ArrayList<>();
        name(
                parts,
                "added",
                present.keySet().stream().filter(path -> !former.containsKey(path)).toList());
        name(
                parts,
                "removed",
                former.keySet().stream().filter(path -> !present.containsKey(path)).toList());
        name(
                parts,
                "changed the type of",
                present.keySet().stream()
                        .filter(former::containsKey)
                        .filter(path -> former.get(path) != present.get(path))
                        .toList());
        if (before.unknownRefused() != after.unknownRefused()) {
            parts.add("unknown_refused became " + after.unknownRefused());
        }
        return "attribute_schema: "
                + (parts.isEmpty() ? "another order" : String.join("; ", parts));
    }

    private static Map<String, AttributeType> types(AttributeSchema schema) {
        Map<String, AttributeType> types = new LinkedHashMap<>();
        for (AttributeDefinition definition : schema.definitions()) {
            types.put(definition.path(), definition.type());
        }
        return types;
    }

    private static void name(List<String> parts, String what, List<String> paths) {
        if (paths.isEmpty()) {
            return;
        }
        String named = String.join(", ", paths.subList(0, Math.min(MOST_NAMED, paths.size())));
        int more = paths.size() - MOST_NAMED;
        parts.add(what + " " + named + (more > 0 ? " and " + more + " more" : ""));
    }
}
