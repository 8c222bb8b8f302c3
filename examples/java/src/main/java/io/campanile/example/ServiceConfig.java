package io.campanile.example;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;

import io.campanile.v1.TriggerServiceGrpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/// What the API says of each method: how long a call may take, and whether the channel repeats it
/// by itself when the server is away or full. With it a client needs no loop of its own around
/// calls.
final class ServiceConfig {
    private static final String RESOURCE = "/campanile/v1/campanile_grpc_service_config.json";

    private ServiceConfig() {}

    /// The one that comes with the API's jar.
    static Map<String, ?> ofTheApi() throws IOException {
        try (InputStream json =
                Objects.requireNonNull(TriggerServiceGrpc.class.getResourceAsStream(RESOURCE))) {
            return new Gson()
                    .fromJson(
                            new InputStreamReader(json, StandardCharsets.UTF_8),
                            new TypeToken<Map<String, ?>>() {});
        }
    }
}
