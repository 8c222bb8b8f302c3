package io.campanile.application.delivery.port;

/// How a provider is doing on this node.
///
/// @param pace messages per second it is driven at now, 0 for no limit
public record ProviderStatus(
        Breaker breaker, double pace, int slotsTaken, int slots, int connections) {
    /// How many messages are tried at most at once while a breaker looks whether its provider is
    /// back, not counting those that hang. Who gives the permits and who fills the memory of a node
    /// go by the same number.
    public static final int MOST_PROBES = 3;

    /// The circuit breaker's state.
    public enum Breaker {
        CLOSED,
        HALF_OPEN,
        OPEN
    }
}
