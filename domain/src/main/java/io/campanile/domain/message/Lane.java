package io.campanile.domain.message;

import io.campanile.domain.channel.Category;

/// A way through delivery with a budget of its own, so that a one-time code never waits behind a
/// broadcast.
public enum Lane {
    TRANSACTIONAL(4),
    HIGH_THROUGHPUT(2),
    MARKETING(1);

    private final int weight;

    Lane(int weight) {
        this.weight = weight;
    }

    /// The lane of a campaign's messages; marketing has one, whatever its mode.
    public static Lane of(Category category, DeliveryMode mode) {
        return switch (category) {
            case TRANSACTIONAL ->
                    mode == DeliveryMode.HIGH_THROUGHPUT ? HIGH_THROUGHPUT : TRANSACTIONAL;
            case MARKETING -> MARKETING;
        };
    }

    /// The lane's share of a provider when all lanes have something to send.
    public int weight() {
        return weight;
    }
}
