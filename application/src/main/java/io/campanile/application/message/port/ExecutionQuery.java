package io.campanile.application.message.port;

import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A page of executions, newest first; absent conditions do not filter.
///
/// @param from inclusive, on the create time
/// @param to exclusive, on the create time
/// @param broadcasts present when only executions for an audience are wanted
/// @param after the last execution of the page before
public record ExecutionQuery(
        WorkspaceId workspace,
        @Nullable CampaignName campaign,
        @Nullable String requestId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable BroadcastCondition broadcasts,
        @Nullable ExecutionId after,
        int limit) {}
