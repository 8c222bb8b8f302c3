package io.campanile.application.message;

import io.campanile.application.message.port.BroadcastCondition;
import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.Executions;
import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.query.Query;
import io.campanile.application.query.Slice;
import io.campanile.application.query.SortOrder;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.execution.ExecutionState;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// Finds executions. Thread-safe.
public final class LookUpExecutions {
    /// States of executions with a message that is open or to be written, and of no others.
    private static final Set<ExecutionState> UNSETTLED =
            EnumSet.of(
                    ExecutionState.SCHEDULED,
                    ExecutionState.RUNNING,
                    ExecutionState.PAUSED,
                    ExecutionState.HALTED);

    /// The state follows from counts, so that more are read at once than a page may show.
    private static final int LOOKED_AT = 100;

    private static final ListFields<ExecutionView> FIELDS =
            ListFields.<ExecutionView>orderedBy(
                            new SortOrder("create_time", true),
                            execution -> execution.id().toString())
                    .sortableTime("create_time", ExecutionView::createTime)
                    .text("campaign")
                    .text("request_id")
                    .text("audience")
                    .choice("state", ExecutionState.class)
                    .build();

    private final Executions executions;
    private final LongCalls reads;
    private final InstantSource clock;

    public LookUpExecutions(Executions executions, LongCalls reads, InstantSource clock) {
        this.executions = executions;
        this.reads = reads;
        this.clock = clock;
    }

    public Optional<ExecutionView> find(WorkspaceId workspace, ExecutionId execution) {
        return executions.find(workspace, execution);
    }

    /// Newest first. `campaign` and `audience` are compared with the last part of the name or the
    /// whole; `state` finds executions for an audience only, and a page of it may be short, or
    /// empty, and still not be the last. Counts the messages of all on the page.
    ///
    /// @throws io.campanile.application.share.LongCallsFull when too many count at once
    public Page<ExecutionView> list(WorkspaceId workspace, ListRequest request) {
        return Lists.slices(request, FIELDS, filter -> wanted(workspace, filter));
    }

    private Function<Query, Slice<ExecutionView>> wanted(WorkspaceId workspace, FlatFilter filter) {
        CampaignName campaign = Lists.campaign(workspace, filter);
        Set<ExecutionState> states = filter.all(ExecutionState.class, "state");
        BroadcastCondition broadcasts = broadcasts(Lists.audience(workspace, filter), states);
        return query -> {
            Cursor after = query.after();
            return list(
                    new ExecutionQuery(
                            workspace,
                            campaign,
                            filter.value("request_id"),
                            filter.from(),
                            filter.to(),
                            broadcasts,
                            after == null ? null : new ExecutionId(UUID.fromString(after.id())),
                            states.isEmpty() ? query.limit() : Math.max(query.limit(), LOOKED_AT)),
                    states,
                    query.order());
        };
    }

    private Slice<ExecutionView> list(
            ExecutionQuery wanted, Set<ExecutionState> states, SortOrder order) {
        List<ExecutionView> found = reads.inTurn(wanted.workspace(), () -> executions.list(wanted));
        if (states.isEmpty()) {
            return Slice.last(found);
        }
        Instant now = clock.instant();
        return new Slice<>(
                found.stream().filter(execution -> states.contains(execution.state(now))).toList(),
                found.size() < wanted.limit() ? null : FIELDS.cursor(found.getLast(), order));
    }

    private static @Nullable BroadcastCondition broadcasts(
            @Nullable String audience, Set<ExecutionState> states) {
        return audience == null && states.isEmpty()
                ? null
                : new BroadcastCondition(
                        audience, !states.isEmpty() && UNSETTLED.containsAll(states));
    }
}
