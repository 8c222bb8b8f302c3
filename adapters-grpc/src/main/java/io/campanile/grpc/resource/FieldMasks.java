package io.campanile.grpc.resource;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;

import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.AttributeSchema;
import io.campanile.v1.ViolationReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Field masks of updates (AIP-134, AIP-161): absent means what is populated, `*` everything; paths
/// that do not exist are refused, output-only ones ignored.
public final class FieldMasks {
    private static final String EVERYTHING = "*";
    private static final FieldMaskUtil.MergeOptions REPLACE =
            new FieldMaskUtil.MergeOptions()
                    .setReplaceMessageFields(true)
                    .setReplaceRepeatedFields(true)
                    .setReplacePrimitiveFields(true);

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private static final Set<Descriptor> EDITED_AS_A_WHOLE =
            Set.of(AttributeSchema.getDescriptor());

    private FieldMasks() {}

    /// The paths an update changes.
    ///
    /// @param source the resource in the request
    public static FieldMask paths(FieldMask mask, boolean present, Message source) {
        if (!present || mask.getPathsCount() == 0) {
            return FieldMask.newBuilder().addAllPaths(populated(source, "")).build();
        }
        if (mask.getPathsList().equals(List.of(EVERYTHING))) {
            return FieldMask.newBuilder().addAllPaths(editable(source)).build();
        }
        requireKnown(mask, source);
        return FieldMask.newBuilder()
                .addAllPaths(
                        mask.getPathsList().stream()
                                .filter(path -> !isOutput(source, path))
                                .toList())
                .build();
    }

    /// The target with the masked fields of the source.
    @SuppressWarnings("unchecked") // A builder of a message builds that message.
    public static <M extends Message> M merge(FieldMask paths, M source, M target) {
        Message.Builder builder = target.toBuilder();
        FieldMaskUtil.merge(paths, source, builder, REPLACE);
        return (M) builder.build();
    }

    private static void requireKnown(FieldMask mask, Message source) {
        Descriptor type = source.getDescriptorForType();
        List<FieldProblem> problems = new ArrayList<>();
        for (int i = 0; i < mask.getPathsCount(); i++) {
            String path = mask.getPaths(i);
            if (!isEditable(type, path)) {
                problems.add(
                        new FieldProblem(
                                "update_mask.paths[" + i + "]",
                                ViolationReason.VIOLATION_REASON_FIELD_UNKNOWN,
                                unknown(type, path)));
            }
        }
        if (!problems.isEmpty()) {
            throw GrpcErrors.fieldViolations(problems);
        }
    }

    /// Whether it names a field, and goes on in messages only whose fields are edited one by one.
    private static boolean isEditable(Descriptor type, String path) {
        return isKnown(type, path) && whole(type, path).equals(path);
    }

    /// The library passes over dots at the end.
    private static boolean isKnown(Descriptor type, String path) {
        return !path.endsWith(".") && FieldMaskUtil.isValid(type, path);
    }

    /// The path as far as it may go; all of it where it may.
    private static String whole(Descriptor type, String path) {
        Descriptor within = type;
        int end = path.indexOf('.');
        while (end >= 0) {
            String name = path.substring(path.lastIndexOf('.', end - 1) + 1, end);
            FieldDescriptor field = within.findFieldByName(name);
            if (!isGroupOfFields(field)) {
                return path.substring(0, end);
            }
            within = field.getMessageType();
            end = path.indexOf('.', end + 1);
        }
        return path;
    }

    private static String unknown(Descriptor type, String path) {
        if (path.isEmpty()) {
            return "is empty";
        }
        if (isKnown(type, path)) {
            return "is changed as a whole; did you mean " + whole(type, path) + "?";
        }
        if (path.equals(EVERYTHING)) {
            return "stands alone, without other paths";
        }
        return meant(type, path)
                .map(meant -> "does not exist; did you mean " + meant + "?")
                .orElse("does not exist");
    }

    /// What is left out most often is the message that a field lies in, or an underscore.
    private static Optional<String> meant(Descriptor type, String path) {
        String spelled =
                CAPITAL.matcher(path)
                        .replaceAll(letter -> "_" + letter.group().toLowerCase(Locale.ROOT));
        Stream<String> within =
                type.getFields().stream()
                        .filter(field -> isGroupOfFields(field) && !isOutput(field))
                        .map(field -> field.getName() + "." + spelled);
        return Stream.concat(Stream.of(spelled), within)
                .filter(candidate -> isEditable(type, candidate))
                .findFirst();
    }

    private static List<String> populated(Message message, String prefix) {
        List<String> paths = new ArrayList<>();
        for (FieldDescriptor field : message.getAllFields().keySet()) {
            if (isOutput(field)) {
                continue;
            }
            String path = prefix + field.getName();
            if (isGroupOfFields(field)) {
                paths.addAll(populated((Message) message.getField(field), path + "."));
            } else {
                paths.add(path);
            }
        }
        return paths;
    }

    /// Whether the field's own fields are edited one by one: messages of ours, but for those that
    /// are changed as a whole.
    private static boolean isGroupOfFields(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && !field.isRepeated()
                && field.getMessageType().getFullName().startsWith("campanile.")
                && !EDITED_AS_A_WHOLE.contains(field.getMessageType());
    }

    private static List<String> editable(Message message) {
        return message.getDescriptorForType().getFields().stream()
                .filter(field -> !isOutput(field))
                .map(FieldDescriptor::getName)
                .toList();
    }

    private static boolean isOutput(Message source, String path) {
        String top = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
        return isOutput(source.getDescriptorForType().findFieldByName(top));
    }

    private static boolean isOutput(FieldDescriptor field) {
        List<FieldBehavior> behaviors =
                field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
        return behaviors.contains(FieldBehavior.OUTPUT_ONLY)
                || behaviors.contains(FieldBehavior.IDENTIFIER)
                || field.getName().equals("etag");
    }
}
