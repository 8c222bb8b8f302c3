package io.campanile.grpc.call;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.v1.ViolationReason;

import java.util.List;
import java.util.Map;

/// Finds NUL characters in the texts of a message, wherever they are. Structures are left out: who
/// turns them into values looks at their texts then.
final class NulCharacters {
    private NulCharacters() {}

    static void find(Message message, List<FieldProblem> problems) {
        find(message, "", problems);
    }

    private static void find(Message message, String prefix, List<FieldProblem> problems) {
        if (message instanceof Struct || message instanceof Value) {
            return;
        }
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            String path = prefix + field.getName();
            if (field.isRepeated() && entry.getValue() instanceof List<?> values) {
                for (int i = 0; i < values.size(); i++) {
                    look(field, values.get(i), path + "[" + i + "]", problems);
                }
            } else {
                look(field, entry.getValue(), path, problems);
            }
        }
    }

    private static void look(
            FieldDescriptor field, Object value, String path, List<FieldProblem> problems) {
        if (field.getJavaType() == JavaType.MESSAGE) {
            find((Message) value, path + ".", problems);
        } else if (value instanceof String text && text.indexOf('\0') >= 0) {
            problems.add(
                    new FieldProblem(
                            path,
                            ViolationReason.VIOLATION_REASON_CHARACTER_NOT_ALLOWED,
                            "contains a NUL character"));
        }
    }
}
