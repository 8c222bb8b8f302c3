package io.campanile.grpc.campaign;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;

import io.campanile.domain.content.ContractField;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.FieldType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// JSON Schema (2020-12) of what calls bring. It asks for the same as the check of triggers: null
/// is nothing, and so is a blank text where the author requires a value or gives a default; a list
/// of which no author says that it is one may be a single object, or false for none.
final class ContractSchema {
    private static final String BLANK = "^\\s*$";
    private static final String NOT_BLANK = "\\S";
    private static final String DIGITS = "^-?[0-9]{1,100}$";
    private static final String DIGITS_OR_BLANK = "^(-?[0-9]{1,100}|\\s*)$";

    /// What the author declares a list.
    private final Set<String> lists = new HashSet<>();

    /// Where a blank text is as good as none.
    private final Set<String> notBlank = new HashSet<>();

    private ContractSchema(List<DeclaredField> declared) {
        for (DeclaredField field : declared) {
            if (field.type() == FieldType.LIST) {
                lists.add(field.path());
            }
            if (field.required() || !field.defaultValue().isEmpty()) {
                notBlank.add(field.path());
            }
        }
    }

    /// The schema of an object with `context` and `profile`.
    static Struct of(List<ContractField> fields, List<DeclaredField> declared) {
        Struct object =
                new ContractSchema(declared)
                        .object(ContractTree.of(fields), List.of("object"))
                        .build();
        return Struct.newBuilder()
                .putFields("$schema", Values.of("https://json-schema.org/draft/2020-12/schema"))
                .putAllFields(object.getFieldsMap())
                .build();
    }

    private Struct.Builder object(ContractTree node, List<String> types) {
        var properties = Struct.newBuilder();
        List<Value> required = new ArrayList<>();
        node.members()
                .forEach((name, member) -> {
                    properties.putFields(name, Values.of(schema(member)));
                    if (member.isRequired()) {
                        required.add(Values.of(name));
                    }
                });
        Struct.Builder object = typed(types).putFields("properties", Values.of(properties.build()));
        return required.isEmpty() ? object : object.putFields("required", Values.of(required));
    }

    private Struct schema(ContractTree node) {
        ContractTree elements = node.elements();
        if (elements != null) {
            return list(node, elements);
        }
        if (!node.members().isEmpty()) {
            return maybeBlank(node, object(node, types(node, "object"))).build();
        }
        return scalar(node);
    }

    private Struct list(ContractTree node, ContractTree elements) {
        Struct list =
                maybeBlank(
                                node,
                                typed(types(node, "array"))
                                        .putFields("items", Values.of(schema(elements))))
                        .build();
        if (isAmong(node, lists)) {
            return list;
        }
        List<Value> ways = new ArrayList<>();
        ways.add(Values.of(list));
        if (!elements.members().isEmpty()) {
            ways.add(Values.of(object(elements, List.of("object")).build()));
        }
        ways.add(Values.of(Struct.newBuilder().putFields("const", Values.of(false)).build()));
        return Struct.newBuilder().putFields("anyOf", Values.of(ways)).build();
    }

    private Struct scalar(ContractTree node) {
        return switch (node.type()) {
            case ANY -> text(node, typed(orNull(node, "string", "number", "boolean")));
            case STRING -> text(node, typed(orNull(node, "string")));
            case TIMESTAMP -> formatted(node, "date-time");
            case URL -> formatted(node, "uri");
            case NUMBER -> maybeBlank(node, typed(types(node, "number"))).build();
            case INTEGER ->
                    pattern(
                                    typed(orNull(node, "integer", "string")),
                                    mayBeBlank(node) ? DIGITS_OR_BLANK : DIGITS)
                            .build();
            case BOOLEAN -> maybeBlank(node, typed(types(node, "boolean"))).build();
            case LIST -> maybeBlank(node, typed(types(node, "array"))).build();
            case OBJECT -> maybeBlank(node, typed(types(node, "object"))).build();
        };
    }

    private Struct text(ContractTree node, Struct.Builder schema) {
        boolean mustSaySomething = node.isRequired() && isAmong(node, notBlank);
        return (mustSaySomething ? pattern(schema, NOT_BLANK) : schema).build();
    }

    private Struct formatted(ContractTree node, String format) {
        Struct.Builder formatted =
                typed(orNull(node, "string")).putFields("format", Values.of(format));
        if (!mayBeBlank(node)) {
            return formatted.build();
        }
        Struct blank = pattern(typed(List.of("string")), BLANK).build();
        return Struct.newBuilder()
                .putFields(
                        "anyOf", Values.of(List.of(Values.of(formatted.build()), Values.of(blank))))
                .build();
    }

    /// Of what is no text.
    private List<String> types(ContractTree node, String type) {
        return mayBeBlank(node) ? orNull(node, type, "string") : orNull(node, type);
    }

    private Struct.Builder maybeBlank(ContractTree node, Struct.Builder schema) {
        return mayBeBlank(node) ? pattern(schema, BLANK) : schema;
    }

    private boolean mayBeBlank(ContractTree node) {
        return !node.isRequired() && isAmong(node, notBlank);
    }

    private static boolean isAmong(ContractTree node, Set<String> paths) {
        ContractField field = node.field();
        return field != null && paths.contains(field.path());
    }

    private static List<String> orNull(ContractTree node, String... types) {
        var all = new ArrayList<>(List.of(types));
        if (!node.isRequired()) {
            all.add("null");
        }
        return all;
    }

    private static Struct.Builder typed(List<String> types) {
        return Struct.newBuilder()
                .putFields(
                        "type",
                        types.size() == 1
                                ? Values.of(types.getFirst())
                                : Values.of(types.stream().map(Values::of).toList()));
    }

    /// Only texts are compared with a pattern.
    private static Struct.Builder pattern(Struct.Builder schema, String pattern) {
        return schema.putFields("pattern", Values.of(pattern));
    }
}
