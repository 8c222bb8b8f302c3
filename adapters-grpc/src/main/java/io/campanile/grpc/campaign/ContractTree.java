package io.campanile.grpc.campaign;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;

import io.campanile.domain.content.ContractField;
import io.campanile.domain.content.FieldType;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The paths of a contract as the tree they describe, to make a JSON Schema and an example of.
final class ContractTree {
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final String ELEMENTS = "[]";

    private final Map<String, ContractTree> members = new LinkedHashMap<>();
    private @Nullable ContractField field;

    /// What the list consists of, when it is one.
    private @Nullable ContractTree element;

    private ContractTree() {}

    static ContractTree of(List<ContractField> fields) {
        ContractTree root = new ContractTree();
        for (ContractField field : fields) {
            ContractTree node = root;
            for (String part : DOT.split(field.path(), -1)) {
                int brackets = part.indexOf(ELEMENTS);
                String name = brackets < 0 ? part : part.substring(0, brackets);
                node = node.members.computeIfAbsent(name, _ -> new ContractTree());
                for (int at = brackets; at >= 0; at = part.indexOf(ELEMENTS, at + 1)) {
                    node = node.element();
                }
            }
            node.field = field;
        }
        return root;
    }

    private ContractTree element() {
        if (element == null) {
            element = new ContractTree();
        }
        return element;
    }

    /// JSON Schema (2020-12) of an object with `context` and `profile`.
    Struct schema() {
        return Struct.newBuilder()
                .putFields("$schema", Values.of("https://json-schema.org/draft/2020-12/schema"))
                .putAllFields(object().getFieldsMap())
                .build();
    }

    private Struct object() {
        var properties = Struct.newBuilder();
        List<Value> required = new ArrayList<>();
        members.forEach((name, member) -> {
            properties.putFields(name, Values.of(member.typed()));
            if (member.isRequired()) {
                required.add(Values.of(name));
            }
        });
        var object =
                Struct.newBuilder()
                        .putFields("type", Values.of("object"))
                        .putFields("properties", Values.of(properties.build()));
        if (!required.isEmpty()) {
            object.putFields("required", Values.of(required));
        }
        return object.build();
    }

    private Struct typed() {
        if (element != null) {
            return Struct.newBuilder()
                    .putFields("type", Values.of("array"))
                    .putFields("items", Values.of(element.typed()))
                    .build();
        }
        return members.isEmpty() ? scalar() : object();
    }

    private Struct scalar() {
        var schema = Struct.newBuilder();
        FieldType type = field == null ? FieldType.ANY : field.type();
        switch (type) {
            case ANY ->
                    schema.putFields(
                            "type",
                            Values.of(
                                    List.of(
                                            Values.of("string"),
                                            Values.of("number"),
                                            Values.of("boolean"))));
            case STRING -> schema.putFields("type", Values.of("string"));
            case TIMESTAMP -> format(schema, "date-time");
            case URL -> format(schema, "uri");
            case NUMBER -> schema.putFields("type", Values.of("number"));
            case INTEGER -> schema.putFields("type", Values.of("integer"));
            case BOOLEAN -> schema.putFields("type", Values.of("boolean"));
            case LIST -> schema.putFields("type", Values.of("array"));
            case OBJECT -> schema.putFields("type", Values.of("object"));
        }
        return schema.build();
    }

    private static void format(Struct.Builder schema, String format) {
        schema.putFields("type", Values.of("string")).putFields("format", Values.of(format));
    }

    /// Whether it cannot be left out of what it stands in. What is only the way to others is not
    /// among the fields, unless it is optional.
    private boolean isRequired() {
        return field == null
                ? members.values().stream().anyMatch(ContractTree::isRequired)
                : field.required();
    }

    /// `context` and `profile` with the examples filled in.
    Struct example() {
        var example = Struct.newBuilder();
        members.forEach((name, member) -> example.putFields(name, member.exampleValue()));
        return example.build();
    }

    private Value exampleValue() {
        if (field != null && !field.example().isEmpty()) {
            return DefinitionProtos.value(field.example());
        }
        if (element != null) {
            return Values.of(List.of(element.exampleValue()));
        }
        if (!members.isEmpty()) {
            return Values.of(example());
        }
        return switch (field == null ? FieldType.ANY : field.type()) {
            case ANY, STRING -> Values.of("text");
            case NUMBER -> Values.of(1.5);
            case INTEGER -> Values.of(1);
            case BOOLEAN -> Values.of(true);
            case TIMESTAMP -> Values.of("2026-12-01T08:00:00Z");
            case URL -> Values.of("https://example.com/");
            case LIST -> Value.newBuilder().setListValue(ListValue.getDefaultInstance()).build();
            case OBJECT -> Values.of(Struct.getDefaultInstance());
        };
    }
}
