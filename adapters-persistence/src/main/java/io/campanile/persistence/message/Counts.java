package io.campanile.persistence.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// Messages by state or reason, as `jsonb_object_agg` returns them.
final class Counts {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Long>> TYPE = new TypeReference<>() {};

    private Counts() {}

    static Map<String, Long> parse(@Nullable String json) {
        try {
            return json == null ? Map.of() : JSON.readValue(json, TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database made something other than counts", e);
        }
    }
}
