package io.campanile.persistence.content;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.persistence.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Payloads as JSON; parts that are empty are left out.
public final class JacksonPayloadCodec implements PayloadCodec {
    private static final JsonMapper JSON =
            Json.mapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private record Stored(
            @Nullable Map<String, Object> context, @Nullable Map<String, Object> profile) {}

    @Override
    public Encoded encode(Payload payload) {
        var parts = HashMap.<String, Object>newHashMap(2);
        if (!payload.context().isEmpty()) {
            parts.put("context", payload.context());
        }
        if (!payload.profile().isEmpty()) {
            parts.put("profile", payload.profile());
        }
        CanonicalJson written = CanonicalJson.keepingSpellings().write(parts);
        byte[] stored = bytes(written);
        return new Encoded(
                stored,
                written.isCanonical() ? stored : bytes(CanonicalJson.canonical().write(parts)));
    }

    private static byte[] bytes(CanonicalJson written) {
        return written.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Payload decode(byte[] bytes) {
        try {
            Stored stored = JSON.readValue(bytes, Stored.class);
            if (stored == null) {
                throw new IllegalArgumentException("a stored payload is null");
            }
            return new Payload(
                    stored.context == null ? Map.of() : stored.context,
                    stored.profile == null ? Map.of() : stored.profile);
        } catch (IOException _) {
            // Without the cause, which quotes what it could not read.
            throw new IllegalArgumentException("a stored payload does not parse");
        }
    }
}
