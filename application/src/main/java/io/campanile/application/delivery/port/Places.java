package io.campanile.application.delivery.port;

/// Room for messages in the memory of a node. Most take one place; what carries much takes more, so
/// that not only the number of messages is bounded.
public final class Places {
    /// In memory a payload takes several times this.
    private static final int BYTES = 2_048;

    private Places() {}

    /// How many places a message takes, at least one.
    ///
    /// @param bytes of its payload as it is stored
    public static int of(long bytes) {
        return 1 + (int) (bytes / BYTES);
    }
}
