package io.campanile.domain.message;

import io.campanile.domain.channel.Category;

/// A way through delivery with a budget of its own, so that a one-time code never waits behind a
/// broadcast.
public enum Lane {
    TRANSACTIONAL(4),
    MARKETING(1);

    private final int weight;

    Lane(int weight) {
        this.weight = weight;
    }

    public static Lane of(Category category) {
        return switch (category) {
            case TRANSACTIONAL -> TRANSACTIONAL;
            case MARKETING -> MARKETING;
        };
    }

    /// The lane's share of a provider when all lanes have something to send.
    public int weight() {
        return weight;
    }
}
