package io.campanile.server.node;

import java.util.Objects;

/// Which version this program is.
public final class ServerVersion {
    private ServerVersion() {}

    /// What the jar says it is.
    public static String text() {
        String version = ServerVersion.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "(not packaged)");
    }
}
