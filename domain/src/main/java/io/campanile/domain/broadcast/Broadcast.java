package io.campanile.domain.broadcast;

import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.message.ExecutionId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// An execution for an audience, as far as its messages are concerned that are still to be written.
///
/// @param paused whether somebody holds it
/// @param planned its members as they were when it began; 0 before
/// @param written how many of them have a message
/// @param startTime not begun before this
/// @param expireTime nothing is written from this time on
/// @param nextTime nothing is written before, on the store's clock; absent when nothing was, or
///   without a rate
/// @param canary present when a part goes first
public record Broadcast(
        ExecutionId id,
        FanOutState state,
        boolean paused,
        long planned,
        long written,
        Instant startTime,
        Instant expireTime,
        WriteRate rate,
        @Nullable Instant nextTime,
        @Nullable CanaryWatch canary) {
    /// Messages written in one transaction: enough to be cheap, few enough to be short.
    public static final long LARGEST_CHUNK = 1_000;

    /// Messages a broadcast may have in delivery, so that it stays only a little ahead.
    public static final long MOST_IN_DELIVERY = 10_000;

    /// Open messages a broadcast may have with those that are put off, so that a pause or a
    /// cancellation is one transaction of some seconds at most.
    public static final long MOST_OPEN = 50_000;

    /// A broadcast that is resumed goes on within this time. Many may be paused or held, for days.
    static final Duration MOST_LATE = Duration.ofSeconds(1);

    /// How long after its campaign was stopped one ends at the latest that has not begun. More may
    /// be scheduled than are paused, and nobody waits for them.
    private static final Duration MOST_LATE_BEFORE_START = Duration.ofSeconds(5);

    /// Members who have no message.
    private long unwritten() {
        return planned - written;
    }

    /// How many messages are still going to be written.
    public long leftToWrite() {
        return state.leftToWrite(unwritten());
    }

    /// What comes next.
    ///
    /// @param control of the campaign, locked
    /// @param now on the node's clock, which may be wrong: nothing ends by it
    /// @param storeTime now, on the clock that all nodes share
    public FanOutStep next(
            CampaignControl control, OpenMessages open, Instant now, Instant storeTime) {
        if (!state.isUnfinished()) {
            return new FanOutStep.Rest();
        }
        if (control.delivery() == CampaignControl.Delivery.CANCEL) {
            return new FanOutStep.End(FanOutState.STOPPED);
        }
        if (!storeTime.isBefore(expireTime)) {
            return new FanOutStep.End(FanOutState.EXPIRED);
        }
        if (paused && canary != null && canary.isHalted() && open.all() > open.held()) {
            return new FanOutStep.Hold();
        }
        if (paused || control.delivery() == CampaignControl.Delivery.HOLD) {
            return new FanOutStep.Wait(MOST_LATE);
        }
        if (now.isBefore(startTime)) {
            return FanOutStep.Wait.until(startTime, now, MOST_LATE_BEFORE_START);
        }
        if (state == FanOutState.WAITING) {
            return new FanOutStep.Begin();
        }
        if (unwritten() == 0) {
            return new FanOutStep.End(FanOutState.WRITTEN);
        }
        return canary == null ? write(planned, open, storeTime) : next(canary, open, storeTime);
    }

    private FanOutStep next(CanaryWatch canary, OpenMessages open, Instant storeTime) {
        long most = canary.mostWritten(planned);
        return written < most ? write(most, open, storeTime) : canary.next(open.all(), storeTime);
    }

    /// @param most may have a message for now
    private FanOutStep write(long most, OpenMessages open, Instant storeTime) {
        long chunk = Math.min(Math.min(LARGEST_CHUNK, rate.chunk()), most - written);
        if (!hasRoom(open, chunk)) {
            return new FanOutStep.Full();
        }
        return rate.allows(nextTime, storeTime)
                ? new FanOutStep.Write(chunk, rate.after(chunk, nextTime, storeTime))
                : new FanOutStep.Rest();
    }

    /// Those who are put off do not keep the others waiting.
    private static boolean hasRoom(OpenMessages open, long chunk) {
        return open.inDelivery() + chunk <= MOST_IN_DELIVERY && open.all() + chunk <= MOST_OPEN;
    }

    /// Where a resumed broadcast's canary stands; absent without one.
    public @Nullable CanaryState canaryResumed(Instant storeTime) {
        return canary == null ? null : canary.resumed(storeTime);
    }
}
