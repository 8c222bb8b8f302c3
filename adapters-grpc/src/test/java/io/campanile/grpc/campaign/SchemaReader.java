package io.campanile.grpc.campaign;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// As much of JSON Schema as contracts use.
final class SchemaReader {
    private static final Value NONE = Value.getDefaultInstance();

    private SchemaReader() {}

    /// Whether a value is as the schema says.
    static boolean takes(Struct schema, @Nullable Object value) {
        return schema.getFieldsMap().entrySet().stream()
                .allMatch(keyword -> takes(schema, keyword.getKey(), keyword.getValue(), value));
    }

    private static boolean takes(
            Struct schema, String keyword, Value asked, @Nullable Object value) {
        return switch (keyword) {
            case "$schema", "required" -> true;
            case "type" -> isOfType(asked, value);
            case "enum" ->
                    asked.getListValue().getValuesList().stream().anyMatch(one -> is(one, value));
            case "anyOf" ->
                    asked.getListValue().getValuesList().stream()
                            .anyMatch(way -> takes(way.getStructValue(), value));
            case "pattern" ->
                    !(value instanceof String text)
                            || expression(asked.getStringValue()).matcher(text).find();
            case "format" ->
                    !(value instanceof String text) || isOfFormat(asked.getStringValue(), text);
            case "items" ->
                    !(value instanceof List<?> list)
                            || list.stream().allMatch(e -> takes(asked.getStructValue(), e));
            case "properties" ->
                    !(value instanceof Map<?, ?> object)
                            || takesObject(schema, asked.getStructValue(), object);
            default -> throw new AssertionError("no contract says " + keyword);
        };
    }

    private static boolean is(Value one, @Nullable Object value) {
        return one.hasBoolValue()
                ? Boolean.valueOf(one.getBoolValue()).equals(value)
                : one.getStringValue().equals(value);
    }

    /// Of ECMA-262, where blanks are those of Unicode.
    private static Pattern expression(String ofSchema) {
        String blanks = "\\t-\\r\\p{Z}\\x{FEFF}";
        return Pattern.compile(
                ofSchema.replace("\\s", "[" + blanks + "]").replace("\\S", "[^" + blanks + "]"));
    }

    private static boolean isOfType(Value asked, @Nullable Object value) {
        return asked.hasListValue()
                ? asked.getListValue().getValuesList().stream()
                        .anyMatch(type -> isOfType(type.getStringValue(), value))
                : isOfType(asked.getStringValue(), value);
    }

    private static boolean isOfType(String type, @Nullable Object value) {
        return switch (type) {
            case "null" -> value == null;
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof Number;
            case "integer" ->
                    value instanceof Number number
                            && number.doubleValue() == Math.rint(number.doubleValue());
            default -> throw new AssertionError("no type is called " + type);
        };
    }

    private static boolean isOfFormat(String format, String text) {
        return switch (format) {
            case "iri" -> text.matches("\\p{Alpha}[\\p{Alnum}+.-]*:.+");
            case "date-time" -> isTime(text);
            default -> throw new AssertionError("no format is called " + format);
        };
    }

    private static boolean isTime(String text) {
        try {
            var _ = OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private static boolean takesObject(Struct schema, Struct properties, Map<?, ?> object) {
        boolean isWhole =
                schema.getFieldsOrDefault("required", NONE).getListValue().getValuesList().stream()
                        .allMatch(name -> object.containsKey(name.getStringValue()));
        return isWhole
                && properties.getFieldsMap().entrySet().stream()
                        .filter(property -> object.containsKey(property.getKey()))
                        .allMatch(property ->
                                takes(
                                        property.getValue().getStructValue(),
                                        object.get(property.getKey())));
    }
}
