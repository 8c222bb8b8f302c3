package io.campanile.application.delivery.port;

import io.campanile.domain.message.AttemptOutcome;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// One channel configuration's way out on this node: a bounded number of slots, guarded by a rate
/// limiter, a circuit breaker and time limits. It never tries again. Thread-safe.
///
/// Every permit is a slot. It is taken before the mark and given back with [#release] after the
/// outcome was recorded, so that never more messages stand in `SENDING` than there are slots.
public interface Provider extends AutoCloseable {
    /// Takes up to `wanted` permits; 0 when all slots are taken, the rate is used up or the breaker
    /// is open.
    int acquire(int wanted);

    /// How long to wait before [#acquire] is worth another call, when it gave 0 for another reason
    /// than taken slots; zero when only slots are missing.
    Duration retryIn();

    /// Gives permits back, used or unused.
    void release(int permits);

    /// Hands one mail over and waits for the answer, on the calling (virtual) thread. What the
    /// provider says is the outcome; nothing is thrown for it.
    ///
    /// @param stillWanted asked right before the provider sees the mail, which may have waited long
    ///   for its turn; a mail that is no longer wanted comes back as not begun
    AttemptOutcome handOver(OutgoingEmail email, BooleanSupplier stillWanted);

    ProviderStatus status();

    /// Gives no more permits, closes idle connections, and ends the waiting of hand-overs for a
    /// connection: these come back as not begun. Hand-overs that have a connection go on, and when
    /// the last of them ends everything is closed.
    void retire();

    /// Waits for running hand-overs to end by themselves and closes the connections.
    @Override
    void close();
}
