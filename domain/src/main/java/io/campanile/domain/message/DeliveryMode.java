package io.campanile.domain.message;

/// How the messages of a campaign are delivered.
public enum DeliveryMode {
    /// With all that is known of the recipient.
    STANDARD,
    /// For very many transactional messages: nobody is looked up, the call carries everything, and
    /// they have a lane of their own, so that one-time codes do not wait behind them.
    HIGH_THROUGHPUT
}
