package io.campanile.server.call;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Timestamp;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// Refuses times that are in no calendar, such as the 30th of February. Protobuf's own reader takes
/// that for the 2nd of March.
final class RequestTimes {
    private RequestTimes() {}

    /// @throws CallFailed when a field for a time holds none
    static void check(JsonElement json, Descriptor type) {
        check("", json, type);
    }

    /// @param path of the value; empty for the request itself
    private static void check(String path, JsonElement value, Descriptor type) {
        if (value instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                check(path + "[" + i + "]", list.get(i), type);
            }
        } else if (value instanceof JsonObject object) {
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
        if (field != null && field.getJavaType() == JavaType.MESSAGE) {
            check(path.isEmpty() ? name : path + "." + name, member, field.getMessageType());
        }
    }

    private static boolean isTime(String text) {
        try {
            var _ = OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    /// By either of its names.
    private static @Nullable FieldDescriptor field(Descriptor type, String name) {
        return type.getFields().stream()
                .filter(field -> field.getJsonName().equals(name) || field.getName().equals(name))
                .findFirst()
                .orElse(null);
    }
}
