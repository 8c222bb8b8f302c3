package io.campanile.server.call;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Refuses times that are in no calendar, such as the 30th of February, which protobuf's own reader
/// takes for the 2nd of March; and names that an enum does not have: that reader does not say which
/// it has.
final class RequestValues {
    /// What begins so is left to protobuf, which takes the numbers of values, too.
    private static final Pattern NUMBER = Pattern.compile("-?[0-9].*");

    private RequestValues() {}

    /// @throws CallFailed when a field for a time or of an enum holds something else
    static void check(JsonElement json, Descriptor type) {
        check("", json, type);
    }

    /// @param path of the value; empty for the request itself
    private static void check(String path, JsonElement value, Descriptor type) {
        if (value instanceof JsonObject object) {
            object.asMap().forEach((name, member) -> checkMember(path, name, member, type));
        } else if (type.equals(Timestamp.getDescriptor())
                && value instanceof JsonPrimitive text
                && !isTime(text.getAsString())) {
            throw CallFailed.misused(
                    "%s is no time: write it as in 2026-03-01T12:00:00Z".formatted(path));
        }
    }

    private static void checkMember(String path, String name, JsonElement member, Descriptor type) {
        FieldDescriptor field = field(type, name);
        if (field != null) {
            String place = path.isEmpty() ? name : path + "." + name;
            if (member instanceof JsonArray list) {
                for (int i = 0; i < list.size(); i++) {
                    check(place + "[" + i + "]", list.get(i), field);
                }
            } else {
                check(place, member, field);
            }
        }
    }

    private static void check(String path, JsonElement value, FieldDescriptor field) {
        if (field.getJavaType() == JavaType.MESSAGE) {
            check(path, value, field.getMessageType());
        } else if (field.getJavaType() == JavaType.ENUM
                && value instanceof JsonPrimitive name
                && !isValue(name.getAsString(), field.getEnumType())) {
            EnumDescriptor type = field.getEnumType();
            throw CallFailed.misused(
                    "%s is no %s: write one of %s".formatted(path, type.getName(), names(type)));
        }
    }

    private static boolean isValue(String name, EnumDescriptor type) {
        return type.findValueByName(name) != null || NUMBER.matcher(name).matches();
    }

    /// All but the one that says nothing.
    private static String names(EnumDescriptor type) {
        return type.getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .map(EnumValueDescriptor::getName)
                .collect(Collectors.joining(", "));
    }

    private static boolean isTime(String text) {
        try {
            var _ = OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    /// By either of its names. Names in attributes are not names of fields.
    private static @Nullable FieldDescriptor field(Descriptor type, String name) {
        return type.getFile().equals(Struct.getDescriptor().getFile())
                ? null
                : type.getFields().stream()
                        .filter(field ->
                                field.getJsonName().equals(name) || field.getName().equals(name))
                        .findFirst()
                        .orElse(null);
    }
}
