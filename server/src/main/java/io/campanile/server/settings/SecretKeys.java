package io.campanile.server.settings;

import io.campanile.server.Secret;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Keys to encrypt with, by their ids. The current one is `current`; all of them decrypt.
///
/// @param keys 32 bytes each
public record SecretKeys(String current, Map<String, byte[]> keys) {
    private static final Pattern COMMA = Pattern.compile(",");

    static final String ONE = "[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=";
    static final String SEVERAL = ONE + "(," + ONE + ")*";

    public SecretKeys {
        keys = Map.copyOf(keys);
    }

    /// Reads `id:base64`; `older` are such keys joined by `,`, empty for none.
    public static SecretKeys of(Secret current, String older) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        COMMA.splitAsStream(older)
                .filter(key -> !key.isEmpty())
                .forEach(key -> keys.put(id(key), bytes(key)));
        keys.put(id(current.value()), bytes(current.value()));
        return new SecretKeys(id(current.value()), keys);
    }

    @Override
    public String toString() {
        return "SecretKeys" + keys.keySet();
    }

    private static String id(String key) {
        return key.substring(0, key.indexOf(':'));
    }

    private static byte[] bytes(String key) {
        return Base64.getDecoder().decode(key.substring(key.indexOf(':') + 1));
    }
}
