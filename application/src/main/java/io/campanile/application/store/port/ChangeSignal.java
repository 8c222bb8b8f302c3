package io.campanile.application.store.port;

import io.campanile.application.store.ChangeTopic;

/// Tells all nodes that their copies are out of date. Each topic has a counter in the store, raised
/// in the transaction of the change; a notification only makes nodes look at it sooner.
/// Thread-safe.
public interface ChangeSignal {
    /// Raises the topic's counter and notifies, both with the commit of the running transaction.
    /// Called last in a transaction: the counter's row stays locked until its end, so that whoever
    /// reads a counter sees every change counted in it.
    void publish(ChangeTopic topic);

    /// The topic's committed counter.
    ///
    /// @throws io.campanile.application.store.StoreUnavailable when the database is away
    long counter(ChangeTopic topic);

    /// Calls `whenChanged` soon after a change of the topic on any node, and after every gap in
    /// which notifications may have been lost; never within the publishing transaction, possibly
    /// more often than there are changes.
    ///
    /// @return ends the subscription
    Subscription subscribe(ChangeTopic topic, Runnable whenChanged);

    /// A running subscription.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
