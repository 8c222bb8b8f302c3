package io.campanile.server.settings;

import io.campanile.server.Secret;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keys to encrypt with, by their ids. The current one is `current`; all of them decrypt.
///
/// @param keys 32 bytes each
public record SecretKeys(String current, Map<String, byte[]> keys) {
    private static final Pattern COMMA = Pattern.compile(",");

    static final String ONE = "[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=";
    static final String SEVERAL = ONE + "(," + ONE + ")*";

    private static final Pattern WHOLE = Pattern.compile(ONE);

    public SecretKeys {
        keys = Map.copyOf(keys);
    }

    /// Reads `id:base64`; `older` are such keys joined by `,`, empty for none.
    ///
    /// @throws IllegalArgumentException when two different ones have the same id
    public static SecretKeys of(Secret current, String older) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        Stream.concat(Stream.of(current.value()), COMMA.splitAsStream(older))
                .filter(key -> !key.isEmpty())
                .forEach(key -> {
                    byte[] bytes = bytes(key);
                    if (!Arrays.equals(keys.getOrDefault(id(key), bytes), bytes)) {
                        throw new IllegalArgumentException("two secret keys named " + id(key));
                    }
                    keys.put(id(key), bytes);
                });
        return new SecretKeys(id(current.value()), keys);
    }

    /// Whether it is a key, as the setting has it.
    public static boolean isOne(Secret key) {
        return WHOLE.matcher(key.value()).matches();
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
