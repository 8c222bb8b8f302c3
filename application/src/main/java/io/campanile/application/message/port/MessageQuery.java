package io.campanile.application.message.port;

import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;

/// A page of messages, newest first; absent or empty conditions do not filter.
///
/// @param from inclusive, on the create time
/// @param to exclusive, on the create time
/// @param after behind which to begin, see [MessageSlice]
public record MessageQuery(
        WorkspaceId workspace,
        @Nullable CampaignName campaign,
        @Nullable ExecutionId execution,
        @Nullable Identity identity,
        Set<MessageState.Kind> states,
        Set<Reason> reasons,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable MessageId after,
        int limit) {

    /// Whether many messages may be looked at that are not wanted. Those of one execution are found
    /// by it, and a page of them costs a page.
    public boolean looksAtOthers() {
        return execution == null
                || identity != null
                || campaign != null
                || !states.isEmpty()
                || !reasons.isEmpty();
    }
}
