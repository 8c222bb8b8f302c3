package io.campanile.domain.channel;

/// A kind of transport a message can take.
public enum Channel {
    EMAIL
}
