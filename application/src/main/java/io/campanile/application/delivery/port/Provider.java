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
    ///   for its turn; one that is not comes back as busy, unseen
    AttemptOutcome handOver(OutgoingEmail email, BooleanSupplier stillWanted);

    ProviderStatus status();

    /// Gives no more permits, closes what connections idle, and lets no hand-over wait for one any
    /// longer: those come back as not begun. What has a connection goes on, and with the last of
    /// them everything is closed.
    void retire();

    /// Waits for running hand-overs to end by themselves and closes the connections.
    @Override
    void close();
}
