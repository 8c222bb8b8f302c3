package io.campanile.application.trigger;

import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.Consumer;

/// An admitted trigger on its way into the store.
///
/// @param deadline after which it is not begun; absent for never
/// @param answer called once, from another thread
record IntakeItem(
        NewExecution execution, @Nullable Instant deadline, Consumer<IntakeOutcome> answer) {
    Key key() {
        return new Key(execution.campaign(), execution.requestId());
    }

    /// Whether its caller has stopped waiting by this time.
    boolean isOverdue(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }

    /// About what it takes of memory.
    long bytes() {
        return execution.bytes();
    }

    /// What makes two calls the same call.
    record Key(CampaignId campaign, String requestId) {}
}
