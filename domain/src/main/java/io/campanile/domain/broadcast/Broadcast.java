package io.campanile.domain.broadcast;

import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.ExecutionId;

import java.time.Instant;

/// An execution for an audience, as far as its messages are concerned that are still to be written.
///
/// @param paused whether somebody holds it
/// @param planned its members as they were when it began; 0 before
/// @param written how many of them have a message
/// @param startTime not begun before this
/// @param expireTime nothing is written from this time on
public record Broadcast(
        ExecutionId id,
        CampaignId campaign,
        FanOutState state,
        boolean paused,
        long planned,
        long written,
        Instant startTime,
        Instant expireTime) {
    /// Messages written in one transaction: enough to be cheap, few enough to be short.
    public static final long LARGEST_CHUNK = 1_000;

    /// Open messages a broadcast may have, so that the queue stays small, and a pause or a
    /// cancellation is one short transaction.
    public static final long MOST_OPEN = 10_000;

    /// Members who have no message.
    public long unwritten() {
        return planned - written;
    }

    /// What comes next.
    ///
    /// @param control of the campaign, locked
    /// @param open how many of its messages are open
    public FanOutStep next(CampaignControl control, long open, Instant now) {
        if (!state.isUnfinished()) {
            return new FanOutStep.Rest();
        }
        if (control.delivery() == CampaignControl.Delivery.CANCEL) {
            return new FanOutStep.End(FanOutState.STOPPED);
        }
        if (!now.isBefore(expireTime)) {
            return new FanOutStep.End(FanOutState.EXPIRED);
        }
        if (paused
                || control.delivery() == CampaignControl.Delivery.HOLD
                || now.isBefore(startTime)) {
            return new FanOutStep.Rest();
        }
        if (state == FanOutState.WAITING) {
            return new FanOutStep.Begin();
        }
        if (unwritten() == 0) {
            return new FanOutStep.End(FanOutState.WRITTEN);
        }
        long chunk = Math.min(LARGEST_CHUNK, unwritten());
        return open + chunk > MOST_OPEN ? new FanOutStep.Rest() : new FanOutStep.Write(chunk);
    }
}
