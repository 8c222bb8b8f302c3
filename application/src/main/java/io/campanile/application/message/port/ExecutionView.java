package io.campanile.application.message.port;

import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.execution.CancelCounts;
import io.campanile.domain.execution.Cancellation;
import io.campanile.domain.execution.ExecutionState;
import io.campanile.domain.execution.Standing;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/// An execution as it stands.
///
/// @param cancelled absent where nobody cancelled it
/// @param rejected recipients refused at once, who have no message
/// @param counts messages by state; states without messages are absent; members of an audience
///   whose message is not written are in the state their fan-out says
/// @param broadcast present when it is for an audience
public record ExecutionView(
        ExecutionId id,
        CampaignName campaign,
        int revision,
        String requestId,
        Instant createTime,
        @Nullable Instant scheduleTime,
        Instant expireTime,
        @Nullable CancelledAt cancelled,
        Map<String, String> metadata,
        int rejected,
        Map<MessageState.Kind, Long> counts,
        @Nullable BroadcastView broadcast) {

    /// Where it stands.
    public ExecutionState state(Instant now) {
        return standing().state(now);
    }

    /// Whether nothing changes any more.
    public boolean isSettled() {
        return standing().isSettled();
    }

    private Standing standing() {
        return new Standing(
                cancelled != null,
                scheduleTime,
                open(),
                fanOut(),
                broadcast != null && broadcast.paused(),
                broadcast != null && broadcast.isHalted());
    }

    private FanOutState fanOut() {
        return broadcast == null ? FanOutState.WRITTEN : broadcast.state();
    }

    /// What cancelling it would come to, as far as it does not change meanwhile.
    public Cancellation cancellation() {
        long inHandOver = counts.getOrDefault(MessageState.Kind.SENDING, 0L);
        return Cancellation.decide(
                cancelled == null ? null : cancelled.counts(),
                fanOut(),
                new CancelCounts(open() - inHandOver, inHandOver));
    }

    /// Messages that may still be handed over.
    public long open() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().isOpen())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
