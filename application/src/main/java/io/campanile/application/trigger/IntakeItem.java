package io.campanile.application.trigger;

import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignId;

import java.util.function.Consumer;

/// An admitted trigger on its way into the store.
///
/// @param patience whose deadline it is not begun after
/// @param answer called once, from another thread
record IntakeItem(NewExecution execution, CallerPatience patience, Consumer<IntakeOutcome> answer) {
    Key key() {
        return new Key(execution.campaign(), execution.requestId());
    }

    /// About what it takes of memory.
    long bytes() {
        return execution.bytes();
    }

    /// What makes two calls the same call.
    record Key(CampaignId campaign, String requestId) {}
}
