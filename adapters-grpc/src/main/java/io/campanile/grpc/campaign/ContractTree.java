package io.campanile.grpc.campaign;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;

import io.campanile.domain.content.ContractField;
import io.campanile.domain.content.FieldType;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The paths of a contract as the tree they describe, to make an example and a [ContractSchema] of.
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

    Map<String, ContractTree> members() {
        return Collections.unmodifiableMap(members);
    }

    /// What the contract says of it; nothing where it is only the way to others.
    @Nullable ContractField field() {
        return field;
    }

    /// What the list consists of, when it is one.
    @Nullable ContractTree elements() {
        return element;
    }

    FieldType type() {
        return field == null ? FieldType.ANY : field.type();
    }

    /// Whether anything may stand there: the content only asks whether something does.
    boolean isOfAnyKind() {
        return field != null
                && field.type() == FieldType.ANY
                && !field.printed()
                && members.isEmpty()
                && element == null;
    }

    /// Whether it cannot be left out of what it stands in. What is only the way to others is not
    /// among the fields, unless it is optional.
    boolean isRequired() {
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
        return switch (type()) {
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
