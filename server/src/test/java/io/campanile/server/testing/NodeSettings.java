package io.campanile.server.testing;

import io.campanile.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Settings of nodes that run in the test's own process, on a database of the test's.
public final class NodeSettings {
    private NodeSettings() {}

    /// Keys are generated in the data folder, and the port is any free one.
    public static Map<String, String> of(
            TestDatabase database, Path data, Map<String, String> more) {
        var settings = new HashMap<String, String>();
        settings.put("CAMPANILE_DATA_DIR", data.toString());
        settings.put("CAMPANILE_GRPC_PORT", "0");
        settings.put("CAMPANILE_DATABASE_URL", database.jdbcUrl());
        settings.put("CAMPANILE_DATABASE_USER", database.user());
        settings.put("CAMPANILE_DATABASE_PASSWORD", database.password());
        settings.putAll(more);
        return settings;
    }
}
