package io.campanile.application.message;

import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.Executions;
import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.application.share.LongReads;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds executions. Thread-safe.
public final class LookUpExecutions {
    static final ListFields FIELDS =
            ListFields.orderedBy(new SortOrder("create_time", true))
                    .sortableTime("create_time")
                    .text("campaign")
                    .text("request_id")
                    .build();

    private final Executions executions;
    private final LongReads reads;

    public LookUpExecutions(Executions executions, LongReads reads) {
        this.executions = executions;
        this.reads = reads;
    }

    public Optional<ExecutionView> find(WorkspaceId workspace, ExecutionId execution) {
        return executions.find(workspace, execution);
    }

    /// Newest first. `campaign` is compared with the last part of the name or the whole. Counts the
    /// messages of all on the page.
    ///
    /// @throws io.campanile.application.share.LongReadsFull when too many count at once
    public Page<ExecutionView> list(WorkspaceId workspace, ListRequest request) {
        return Lists.page(
                request,
                FIELDS,
                flat -> flat.singleIn("campaign", "request_id"),
                (flat, query) -> list(workspace, flat, query),
                execution ->
                        new Cursor(execution.createTime().toString(), execution.id().toString()));
    }

    private List<ExecutionView> list(WorkspaceId workspace, FlatFilter filter, Query query) {
        Optional<CampaignName> campaign = Lists.campaign(workspace, filter.value("campaign"));
        if (campaign.isEmpty() && filter.value("campaign") != null) {
            return List.of();
        }
        Cursor after = query.after();
        var wanted =
                new ExecutionQuery(
                        workspace,
                        campaign.orElse(null),
                        filter.value("request_id"),
                        filter.from(),
                        filter.to(),
                        after == null ? null : new ExecutionId(UUID.fromString(after.id())),
                        query.limit());
        return reads.read(workspace, () -> executions.list(wanted));
    }
}
