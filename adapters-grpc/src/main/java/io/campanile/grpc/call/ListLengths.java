package io.campanile.grpc.call;

import build.buf.validate.FieldRules;
import build.buf.validate.Ignore;
import build.buf.validate.ValidateProto;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.v1.ViolationReason;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Finds lists that are longer than the protos allow, before anybody looks at what is in them: half
/// a million empty items fit into one request, and each has faults of its own. What the rules leave
/// out is left out here. Thread-safe.
final class ListLengths {
    /// Anything goes inside them; who turns them into values has limits of its own.
    private static final Set<Descriptor> FREE_FORMS =
            Set.of(Struct.getDescriptor(), Value.getDescriptor());

    /// In every field mask. It is no message of ours, that could say so, and no mask of ours can
    /// name as many fields.
    private static final int MOST_PATHS = 100;

    /// What to look at in each kind of message: worked out once, for every call asks for it.
    private final Map<Descriptor, List<Look>> looks = new ConcurrentHashMap<>();

    void find(Message message, List<FieldProblem> problems) {
        find(message, "", problems);
    }

    private void find(Message message, String prefix, List<FieldProblem> problems) {
        for (Look look : looks(message.getDescriptorForType())) {
            FieldDescriptor field = look.field();
            if (field.isRepeated()) {
                findInList(message, look, prefix + field.getName(), problems);
            } else if (message.hasField(field)) {
                find((Message) message.getField(field), prefix + field.getName() + ".", problems);
            }
        }
    }

    private void findInList(Message message, Look look, String path, List<FieldProblem> problems) {
        FieldDescriptor field = look.field();
        int items = message.getRepeatedFieldCount(field);
        if (items > look.most()) {
            problems.add(
                    new FieldProblem(
                            path,
                            ViolationReason.VIOLATION_REASON_SYNTAX,
                            "has more than " + look.most() + " items"));
            return;
        }
        for (int i = 0; look.inside() && i < items; i++) {
            find((Message) message.getRepeatedField(field, i), path + "[" + i + "].", problems);
        }
    }

    private List<Look> looks(Descriptor message) {
        return looks.computeIfAbsent(
                message,
                type ->
                        type.getFields().stream()
                                .filter(field -> !isLeftOut(field))
                                .map(Look::at)
                                .filter(look -> look.inside() || look.field().isRepeated())
                                .toList());
    }

    private static boolean isLeftOut(FieldDescriptor field) {
        return rules(field).getIgnore() == Ignore.IGNORE_ALWAYS;
    }

    private static FieldRules rules(FieldDescriptor field) {
        return field.getOptions().getExtension(ValidateProto.field);
    }

    /// A list with so many items at most, and whether to look inside the message or messages that
    /// the field holds.
    private record Look(FieldDescriptor field, long most, boolean inside) {
        private static Look at(FieldDescriptor field) {
            FieldRules rules = rules(field);
            boolean inside =
                    field.getJavaType() == JavaType.MESSAGE
                            && !field.isMapField()
                            && !FREE_FORMS.contains(field.getMessageType())
                            && rules.getRepeated().getItems().getIgnore() != Ignore.IGNORE_ALWAYS;
            return new Look(field, most(field, rules), inside);
        }

        private static long most(FieldDescriptor field, FieldRules rules) {
            if (field.isMapField()) {
                return rules.getMap().hasMaxPairs() ? rules.getMap().getMaxPairs() : Long.MAX_VALUE;
            }
            if (field.getContainingType().equals(FieldMask.getDescriptor())) {
                return MOST_PATHS;
            }
            return rules.getRepeated().hasMaxItems()
                    ? rules.getRepeated().getMaxItems()
                    : Long.MAX_VALUE;
        }
    }
}
