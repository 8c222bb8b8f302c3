package io.campanile.grpc.campaign;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;

import io.campanile.domain.content.ContractField;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.profile.ProfileLookup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// JSON Schema (2020-12) of what calls bring. It asks for the same as the check of triggers: null
/// is nothing, and so is a blank text where the author requires a value or gives a default; a list
/// of which no author says that it is one may be a single object; false, or an empty text, is none
/// of either where no author says what it is. What the profile may have, a call need not bring; but
/// what it brings hides what is known under that name, so that it has to be whole.
final class ContractSchema {
    private static final String PROFILE = "profile";
    private static final String BLANK = "^\\s*$";
    private static final String NOT_BLANK = "\\S";
    private static final String WEB = "^[Hh][Tt][Tt][Pp][Ss]?:";
    private static final String DIGITS = "^-?[0-9]{1,100}$";
    private static final String DIGITS_OR_BLANK = "^(-?[0-9]{1,100}|\\s*)$";

    /// What the author declares a list.
    private final Set<String> lists = new HashSet<>();

    /// What the author declares an object.
    private final Set<String> objects = new HashSet<>();

    /// Where a blank text is as good as none.
    private final Set<String> notBlank = new HashSet<>();

    private ContractSchema(List<DeclaredField> declared) {
        for (DeclaredField field : declared) {
            if (field.type() == FieldType.LIST) {
                lists.add(field.path());
            }
            if (field.type() == FieldType.OBJECT) {
                objects.add(field.path());
            }
            if (field.required() || !field.defaultValue().isEmpty()) {
                notBlank.add(field.path());
            }
        }
    }

    /// The schema of an object with `context` and `profile`.
    static Struct of(
            List<ContractField> fields, List<DeclaredField> declared, ProfileLookup lookup) {
        return Struct.newBuilder()
                .putFields("$schema", Values.of("https://json-schema.org/draft/2020-12/schema"))
                .putAllFields(
                        new ContractSchema(declared)
                                .roots(ContractTree.of(fields), lookup)
                                .getFieldsMap())
                .build();
    }

    private Struct roots(ContractTree tree, ProfileLookup lookup) {
        var properties = Struct.newBuilder();
        List<Value> required = new ArrayList<>();
        tree.members()
                .forEach((name, root) -> {
                    boolean mayBeKnown = name.equals(PROFILE) && lookup != ProfileLookup.NONE;
                    Struct.Builder schema = properties(root, types(root, "object"));
                    properties.putFields(
                            name, Values.of((mayBeKnown ? schema : whole(root, schema)).build()));
                    if (!mayBeKnown && root.isRequired()) {
                        required.add(Values.of(name));
                    }
                });
        return asking(
                        required,
                        typed(List.of("object"))
                                .putFields("properties", Values.of(properties.build())))
                .build();
    }

    private Struct.Builder object(ContractTree node, List<String> types) {
        return whole(node, properties(node, types));
    }

    private Struct.Builder properties(ContractTree node, List<String> types) {
        var properties = Struct.newBuilder();
        node.members()
                .forEach((name, member) -> properties.putFields(name, Values.of(schema(member))));
        return typed(types).putFields("properties", Values.of(properties.build()));
    }

    private static Struct.Builder whole(ContractTree node, Struct.Builder object) {
        return asking(
                node.members().entrySet().stream()
                        .filter(member -> member.getValue().isRequired())
                        .map(member -> Values.of(member.getKey()))
                        .toList(),
                object);
    }

    private static Struct.Builder asking(List<Value> required, Struct.Builder object) {
        return required.isEmpty() ? object : object.putFields("required", Values.of(required));
    }

    private Struct schema(ContractTree node) {
        ContractTree elements = node.elements();
        if (elements != null) {
            return list(node, elements);
        }
        if (!node.members().isEmpty()) {
            Struct object = maybeBlank(node, object(node, types(node, "object"))).build();
            boolean mayBeNone = !node.isRequired() && !isAmong(node, objects);
            return mayBeNone ? anyOf(List.of(object, none(node))) : object;
        }
        return scalar(node);
    }

    /// What sections leave out. Where a value is required, an empty text is none.
    private Struct none(ContractTree node) {
        List<Value> values =
                node.isRequired() && isAmong(node, notBlank)
                        ? List.of(Values.of(false))
                        : List.of(Values.of(false), Values.of(""));
        return Struct.newBuilder().putFields("enum", Values.of(values)).build();
    }

    private static Struct anyOf(List<Struct> ways) {
        return Struct.newBuilder()
                .putFields("anyOf", Values.of(ways.stream().map(Values::of).toList()))
                .build();
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
        List<Struct> ways = new ArrayList<>();
        ways.add(list);
        single(elements).ifPresent(ways::add);
        ways.add(none(node));
        return anyOf(ways);
    }

    /// What a single object in place of a list has to be; nothing where it cannot be one.
    private Optional<Struct> single(ContractTree elements) {
        ContractTree inner = elements.elements();
        if (inner != null) {
            return isAmong(elements, lists) ? Optional.empty() : single(inner);
        }
        boolean isOne =
                !elements.members().isEmpty()
                        || elements.type() == FieldType.OBJECT
                        || elements.isOfAnyKind();
        return isOne ? Optional.of(object(elements, List.of("object")).build()) : Optional.empty();
    }

    private Struct scalar(ContractTree node) {
        return switch (node.type()) {
            case ANY -> text(node, node.isOfAnyKind() ? ofAnyKind(node) : printable(node));
            case STRING -> text(node, typed(orNull(node, "string")));
            case TIMESTAMP -> formatted(node, withFormat(node, "date-time"));
            case URL -> formatted(node, pattern(withFormat(node, "iri"), WEB));
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

    private static Struct.Builder printable(ContractTree node) {
        return typed(orNull(node, "string", "number", "boolean"));
    }

    private static Struct.Builder ofAnyKind(ContractTree node) {
        return node.isRequired()
                ? typed(List.of("string", "number", "boolean", "array", "object"))
                : Struct.newBuilder();
    }

    private Struct text(ContractTree node, Struct.Builder schema) {
        boolean mustSaySomething = node.isRequired() && isAmong(node, notBlank);
        return (mustSaySomething ? pattern(schema, NOT_BLANK) : schema).build();
    }

    private static Struct.Builder withFormat(ContractTree node, String format) {
        return typed(orNull(node, "string")).putFields("format", Values.of(format));
    }

    private Struct formatted(ContractTree node, Struct.Builder formatted) {
        if (!mayBeBlank(node)) {
            return formatted.build();
        }
        Struct blank = pattern(typed(List.of("string")), BLANK).build();
        return anyOf(List.of(formatted.build(), blank));
    }

    /// The types of a value that is no text.
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
