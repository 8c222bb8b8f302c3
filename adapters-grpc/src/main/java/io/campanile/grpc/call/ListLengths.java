package io.campanile.grpc.call;

import build.buf.validate.FieldRules;
import build.buf.validate.Ignore;
import build.buf.validate.ValidateProto;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.v1.ViolationReason;

import java.util.List;
import java.util.Map;

/// Finds lists that are longer than the protos allow, before anybody looks at what is in them: half
/// a million empty items fit into one request, and each has faults of its own. What the rules leave
/// out is left out here.
final class ListLengths {
    private ListLengths() {}

    static void find(Message message, List<FieldProblem> problems) {
        find(message, "", problems);
    }

    private static void find(Message message, String prefix, List<FieldProblem> problems) {
        if (message instanceof Struct || message instanceof Value) {
            return;
        }
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            FieldRules rules = field.getOptions().getExtension(ValidateProto.field);
            if (rules.getIgnore() == Ignore.IGNORE_ALWAYS) {
                continue;
            }
            String path = prefix + field.getName();
            if (entry.getValue() instanceof List<?> values) {
                look(field, rules, values, path, problems);
            } else if (entry.getValue() instanceof Message inner) {
                find(inner, path + ".", problems);
            }
        }
    }

    private static void look(
            FieldDescriptor field,
            FieldRules rules,
            List<?> values,
            String path,
            List<FieldProblem> problems) {
        long most = most(field, rules);
        if (values.size() > most) {
            problems.add(
                    new FieldProblem(
                            path,
                            ViolationReason.VIOLATION_REASON_SYNTAX,
                            "has more than " + most + " items"));
            return;
        }
        boolean ignored = rules.getRepeated().getItems().getIgnore() == Ignore.IGNORE_ALWAYS;
        if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField() && !ignored) {
            for (int i = 0; i < values.size(); i++) {
                find((Message) values.get(i), path + "[" + i + "].", problems);
            }
        }
    }

    private static long most(FieldDescriptor field, FieldRules rules) {
        if (field.isMapField()) {
            return rules.getMap().hasMaxPairs() ? rules.getMap().getMaxPairs() : Long.MAX_VALUE;
        }
        return rules.getRepeated().hasMaxItems()
                ? rules.getRepeated().getMaxItems()
                : Long.MAX_VALUE;
    }
}
