package io.campanile.server.logging;

import org.slf4j.bridge.SLF4JBridgeHandler;

/// Makes one log of all. The application and gRPC write to the JDK's loggers, whose own handler
/// would print exceptions whole and knows nothing of levels.
public final class OneLog {
    private OneLog() {}

    /// From now on all of this process's logs go through `logback.xml`.
    public static void install() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
