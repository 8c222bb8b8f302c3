package io.campanile.testkit.message;

import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.trigger.port.NewBroadcast;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.broadcast.Broadcast;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.ProfileId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A broadcast in memory; guarded by its [InMemoryStore].
final class BroadcastRow {
    final NewBroadcast broadcast;
    FanOutState state = FanOutState.WAITING;
    List<Member> members = List.of();

    /// Who is written to at each.
    final Map<String, ProfileId> addresses = new HashMap<>();

    boolean paused;
    boolean isOver;
    int written;
    @Nullable Instant nextTime;
    @Nullable CanaryWatch canary;

    BroadcastRow(NewBroadcast broadcast) {
        this.broadcast = broadcast;
        canary = broadcast.canary() == null ? null : CanaryWatch.asked(broadcast.canary());
    }

    Broadcast of(NewExecution execution) {
        return new Broadcast(
                execution.id(),
                state,
                paused,
                members.size(),
                written,
                broadcast.startTime(),
                isOver ? execution.createTime() : execution.expireTime(),
                broadcast.rate(),
                nextTime,
                canary);
    }

    void keep(@Nullable CanaryState newState) {
        if (canary != null && newState != null) {
            canary = new CanaryWatch(canary.canary(), newState);
            paused |= canary.isHalted();
        }
    }

    long unwritten() {
        return (long) members.size() - written;
    }

    BroadcastView view(long settledLately, Map<Reason, Long> reasons, long complained) {
        return new BroadcastView(
                broadcast.audienceName(),
                state,
                paused,
                members.size(),
                written,
                broadcast.startTime(),
                broadcast.rate(),
                settledLately,
                reasons,
                complained,
                canary);
    }
}
