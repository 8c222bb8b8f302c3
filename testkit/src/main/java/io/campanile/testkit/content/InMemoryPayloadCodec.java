package io.campanile.testkit.content;

import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Writes payloads, and instead of reading them remembers what it wrote. Nodes that share a
/// database share a codec.
public final class InMemoryPayloadCodec implements PayloadCodec {
    private final Map<String, Payload> written = new ConcurrentHashMap<>();
    private final AtomicInteger encoded = new AtomicInteger();

    /// How many it has written.
    public int encoded() {
        return encoded.get();
    }

    @Override
    public Encoded encode(Payload payload) {
        encoded.incrementAndGet();
        var parts = new TreeMap<String, Object>();
        parts.put("context", payload.context());
        parts.put("profile", payload.profile());
        parts.values().removeIf(Map.of()::equals);
        return new Encoded(remembered(json(parts, false), payload), bytes(json(parts, true)));
    }

    private byte[] remembered(String json, Payload payload) {
        written.put(json, payload);
        return bytes(json);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Payload decode(byte[] bytes) {
        Payload payload = written.get(new String(bytes, StandardCharsets.UTF_8));
        if (payload == null) {
            throw new IllegalArgumentException("not a payload that was encoded here");
        }
        return payload;
    }

    private static String json(@Nullable Object value, boolean canonical) {
        return switch (value) {
            case String text -> quoted(text);
            case BigDecimal decimal when !canonical -> decimal.toPlainString();
            case Number number -> spelled(new BigDecimal(number.toString()));
            case List<?> list ->
                    list.stream()
                            .map(element -> json(element, canonical))
                            .collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map ->
                    new TreeMap<>(map)
                            .entrySet().stream()
                                    .map(member ->
                                            json(member.getKey(), canonical)
                                                    + ":"
                                                    + json(member.getValue(), canonical))
                                    .collect(Collectors.joining(",", "{", "}"));
            case null, default -> String.valueOf(value);
        };
    }

    private static String spelled(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
