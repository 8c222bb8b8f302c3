package io.campanile.application.delivery.port;

/// How a provider is doing on this node.
///
/// @param pace messages per second it is driven at now, 0 for no limit
public record ProviderStatus(
        Breaker breaker, double pace, int slotsTaken, int slots, int connections) {
    /// The circuit breaker's state.
    public enum Breaker {
        CLOSED,
        HALF_OPEN,
        OPEN
    }
}
