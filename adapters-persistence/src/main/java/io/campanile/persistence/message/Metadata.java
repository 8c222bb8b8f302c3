package io.campanile.persistence.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// An execution's metadata as it is stored: a JSON object, null when empty.
public final class Metadata {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {};

    private Metadata() {}

    public static @Nullable String json(Map<String, String> metadata) {
        try {
            return metadata.isEmpty() ? null : JSON.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata is a map of texts", e);
        }
    }

    static Map<String, String> parse(@Nullable String json) {
        try {
            return json == null ? Map.of() : JSON.readValue(json, TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored metadata does not parse", e);
        }
    }
}
