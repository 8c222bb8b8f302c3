package io.campanile.server.call;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;

/// Reads what somebody typed, and takes nothing for something else: a name that stands there twice,
/// half a character, or a word without quotes is refused, where protobuf's own reader would go on
/// with one of the two, with `?`, or with a text.
final class RequestJson {
    private RequestJson() {}

    static JsonElement read(String text) {
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.LEGACY_STRICT);
        try {
            JsonElement value = value(reader);
            // Fails where something stands behind its end.
            var _ = reader.peek();
            return value;
        } catch (IOException | IllegalStateException | NumberFormatException _) {
            throw refused("it cannot be read", reader);
        }
    }

    private static JsonElement value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> list(reader);
            case STRING -> new JsonPrimitive(whole(reader.nextString(), reader));
            case NUMBER -> new JsonPrimitive(new BigDecimal(reader.nextString()));
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            case NAME, END_OBJECT, END_ARRAY, END_DOCUMENT ->
                    throw new IllegalStateException("not where a value is expected");
        };
    }

    private static JsonObject object(JsonReader reader) throws IOException {
        var object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = whole(reader.nextName(), reader);
            if (object.has(name)) {
                throw refused("a name stands there twice", reader);
            }
            object.add(name, value(reader));
        }
        reader.endObject();
        return object;
    }

    private static JsonArray list(JsonReader reader) throws IOException {
        var list = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            list.add(value(reader));
        }
        reader.endArray();
        return list;
    }

    private static String whole(String text, JsonReader reader) {
        boolean half =
                text.codePoints()
                        .anyMatch(point -> Character.getType(point) == Character.SURROGATE);
        if (half) {
            throw refused("a text has half a surrogate pair", reader);
        }
        return text;
    }

    private static CallFailed refused(String why, JsonReader reader) {
        // Such as "JsonReader at line 1 column 9 path $.name".
        String place = reader.toString();
        return CallFailed.misused(
                "the request is not JSON: " + why + place.substring(place.indexOf(" at line ")));
    }
}
