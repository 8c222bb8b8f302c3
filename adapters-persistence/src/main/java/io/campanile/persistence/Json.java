package io.campanile.persistence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What the hand-written JSON mappings share. Members that are not known are ignored and those that
/// are missing have a default, so that a server can run on what its next version wrote.
public final class Json {
    private static final JsonMapper MAPPER = mapper().build();

    /// Exact for every number. It must not be told to use `long` for whole ones, because then it
    /// fails at those that are too large for that.
    private static final ObjectReader VALUES =
            mapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build()
                    .readerForMapOf(Object.class);

    private Json() {}

    /// A mapper that reads whatever was stored, with names of any length: what may be stored is
    /// decided when it comes.
    public static JsonMapper.Builder mapper() {
        return JsonMapper.builder(
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNameLength(Integer.MAX_VALUE)
                                        .build())
                        .build());
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /// The tree of a stored text.
    ///
    /// @throws IllegalStateException when it is not JSON
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException _) {
            // Without the cause, which quotes what it could not read.
            throw new IllegalStateException("stored JSON does not parse");
        }
    }

    /// The values of a stored object: strings, Integer, Long, BigInteger, BigDecimal, booleans,
    /// lists and maps.
    ///
    /// @throws IllegalStateException when it is none
    public static Map<String, Object> map(String json) {
        try {
            return VALUES.readValue(json);
        } catch (JsonProcessingException _) {
            throw new IllegalStateException("stored JSON is no object");
        }
    }

    /// The text of an object of such values.
    public static String write(Map<String, Object> values) {
        try {
            return MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException _) {
            throw new IllegalArgumentException("not JSON values");
        }
    }

    public static String text(JsonNode object, String member) {
        String text = object.path(member).textValue();
        return text == null ? "" : text;
    }

    public static @Nullable Instant time(JsonNode object, String member) {
        String text = object.path(member).textValue();
        return text == null ? null : Instant.parse(text);
    }

    public static Duration duration(JsonNode object, String member, Duration defaultValue) {
        String text = object.path(member).textValue();
        return text == null ? defaultValue : Duration.parse(text);
    }

    /// The enum constant of the member's name.
    ///
    /// @throws IllegalArgumentException when this version has no such constant
    public static <E extends Enum<E>> E constant(JsonNode object, String member, E defaultValue) {
        String text = object.path(member).textValue();
        return text == null ? defaultValue : Enum.valueOf(defaultValue.getDeclaringClass(), text);
    }
}
